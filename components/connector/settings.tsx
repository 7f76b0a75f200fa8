import type { VNode } from "preact";
import type { ConnectorConfig } from "../../services/gateway/mod.ts";
import type { T } from "../../services/i18n/client.ts";
import { Mono } from "../code.tsx";
import { KeyValues } from "../key_values.tsx";

/** Keys by what they are about, in the order in which they are set. */
const GROUPS = [
  {
    title: "connector.groupConnection",
    keys: ["host", "port", "username", "systype", "bind", "ssl"],
  },
  {
    title: "connector.groupSending",
    keys: [
      "submit_throughput",
      "priority",
      "validity",
      "coding",
      "proto_id",
      "ripf",
      "def_msg_id",
      "requeue_delay",
      "custom_tlvs",
    ],
  },
  {
    title: "connector.groupAddresses",
    keys: [
      "src_addr",
      "src_ton",
      "src_npi",
      "dst_ton",
      "dst_npi",
      "bind_ton",
      "bind_npi",
      "addr_range",
    ],
  },
  { title: "connector.groupReceipts", keys: ["dlr_expiry", "dlr_msgid"] },
  {
    title: "connector.groupTimers",
    keys: [
      "elink_interval",
      "bind_to",
      "res_to",
      "trx_to",
      "pdu_red_to",
      "con_fail_retry",
      "con_fail_delay",
      "con_loss_retry",
      "con_loss_delay",
    ],
  },
  { title: "connector.groupLogging", keys: ["logfile", "logrotate", "loglevel", "logprivacy"] },
] as const;

type Key = Exclude<keyof ConnectorConfig, "cid" | "other">;

/** A value as the gateway spells it; null for a key that is not set. */
function written(value: unknown): string | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}

/** A connector's keys, by what they are about; nothing is shown of the password. */
export function ConnectorKeys({ t, config }: {
  readonly t: T<"connector" | "common">;
  readonly config: Partial<ConnectorConfig>;
}): VNode {
  const other = Object.entries(config.other ?? {});
  const groups = [
    ...GROUPS.map(({ title, keys }) => ({
      title: t(title),
      entries: keys.map((key): readonly [string, unknown] => [key, config[key satisfies Key]]),
    })),
    { title: t("connector.groupOther"), entries: other },
  ].filter(({ entries }) => entries.some(([, value]) => value !== undefined));
  return (
    <div class="grid grid-cols-3 gap-x-8 gap-y-6 max-xl:grid-cols-2 max-sm:grid-cols-1">
      {groups.map(({ title, entries }) => (
        <section key={title}>
          <h3 class="mb-1 font-semibold">{title}</h3>
          <KeyValues
            numbers
            items={entries.filter(([, value]) => value !== undefined).map(([key, value]) => ({
              key,
              label: <Mono>{key}</Mono>,
              value: (
                <span class="[overflow-wrap:anywhere] whitespace-normal">
                  {written(value) ?? <span class="text-ink-3">{t("common.none")}</span>}
                </span>
              ),
            }))}
          />
        </section>
      ))}
    </div>
  );
}
