import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { Badge } from "../badge.tsx";
import { BulkBar } from "../bulk_bar.tsx";
import { Button } from "../button.tsx";
import { Chip } from "../chip.tsx";
import { ConnectorState } from "../connector_state.tsx";
import { Sparkline } from "../chart/sparkline.tsx";
import { FilterBar } from "../filter_bar.tsx";
import { Glyph } from "../glyph.tsx";
import { Menu } from "../menu.tsx";
import { MenuItem, MenuLine } from "../menu_item.tsx";
import { Panel } from "../panel.tsx";
import { RateMeter } from "../rate_meter.tsx";
import { RowActions, RowLink } from "../row_link.tsx";
import { Strip } from "../strip.tsx";
import { Table } from "../table.tsx";
import { Tabs } from "../tabs.tsx";
import { CONNECTOR_TONES } from "../tone.ts";
import { TwoLines } from "../two_lines.tsx";
import { CONNECTORS, type SampleConnector, wave } from "./samples.ts";

/** Connectors with two lines a row, selection, totals and a menu in each. */
export function ConnectorTable({ t }: { readonly t: T }): VNode {
  const { format } = t;
  const none = <span class="text-ink-3">{t("common.none")}</span>;
  const stateLine = ({ state, since }: SampleConnector) => (
    <>
      <ConnectorState t={t} state={state} />
      <span class="ml-[1.125rem] block text-12 text-ink-3">{format.duration(since * 1_000)}</span>
    </>
  );
  return (
    <>
      <Tabs
        label={t("connectors.title")}
        tabs={[
          { href: "#smpp", label: t("connectors.smpp"), count: "7", current: true },
          { href: "#http", label: t("connectors.http"), count: "0" },
        ]}
      />
      <FilterBar
        t={t}
        action="#"
        search={{ name: "q", label: t("connectors.find") }}
        active={[]}
        chips={(["down", "throttled", "binding", "bound", "stopped"] as const).map((state) => (
          <Chip key={state} t={t} href={`#${state}`}>
            <Glyph tone={CONNECTOR_TONES[state]} />
            {t(`connectorStates.${state}`)}
            <span>1</span>
          </Chip>
        ))}
        clearHref="#"
        actions={<Button kind="primary" icon="plus">{t("empty.connectorsAction")}</Button>}
      />
      <Panel label={t("connectors.title")} padded={false}>
        <BulkBar t={t} count={2} clearHref="#">
          <Button small icon="play">{t("connectors.start")}</Button>
          <Button small icon="stop">{t("connectors.stop")}</Button>
          <Button small icon="restart">{t("connectors.restart")}</Button>
        </BulkBar>
        <Table
          t={t}
          caption={t("connectors.title")}
          lines={2}
          rows={CONNECTORS}
          keyOf={({ cid }) => cid}
          selection={{
            name: "cid",
            selected: new Set(["operator_de_1", "operator_de_2"]),
            labelOf: ({ cid }) => cid,
          }}
          columns={[
            {
              key: "connector",
              head: t("connectors.connector"),
              grow: true,
              cell: (row) => (
                <TwoLines
                  title={row.note}
                  first={
                    <>
                      <RowLink href="#connector">{row.cid}</RowLink>
                      {row.cid === "direct_es_otp" && (
                        <span class="ml-2">
                          <Badge kind="warn">{t("common.change")}</Badge>
                        </span>
                      )}
                    </>
                  }
                  second={
                    <>
                      <span class="max-sm:hidden">{row.note}</span>
                      <span class="flex items-center gap-2 sm:hidden">
                        <ConnectorState t={t} state={row.state} />
                        {format.duration(row.since * 1_000)}
                      </span>
                    </>
                  }
                />
              ),
            },
            {
              key: "state",
              head: t("connectors.state"),
              hide: "phone",
              sort: { href: "#", direction: "ascending" },
              cell: stateLine,
            },
            {
              key: "hour",
              head: t("connectors.lastHour"),
              hide: "medium",
              width: "min-w-28",
              cell: ({ runs, cid }) => <Strip runs={runs} label={cid} />,
            },
            {
              key: "trend",
              head: t("connectors.fifteenMinutes"),
              hide: "narrow",
              cell: ({ rate, state }) =>
                rate === 0 && state === "stopped"
                  ? <span class="text-ink-3">{t("connectors.noTraffic")}</span>
                  : (
                    <Sparkline
                      width={88}
                      height={20}
                      bad={state === "down"}
                      values={wave(40, rate ?? 0, 3, rate ?? 1)}
                    />
                  ),
            },
            {
              key: "rate",
              head: t("connectors.rateLimit"),
              align: "end",
              cell: ({ rate, limit, cid }) => (
                <span class="inline-block">
                  <RateMeter
                    rate={rate === null
                      ? t("common.notAvailable")
                      : format.number(rate, { exactly: 1 })}
                    limit={format.number(limit)}
                    share={(rate ?? 0) / limit}
                    label={cid}
                  />
                </span>
              ),
            },
            {
              key: "delivered",
              head: t("connectors.delivered"),
              align: "end",
              hide: "medium",
              sort: { href: "#", direction: null },
              cell: ({ delivered }) => delivered === null ? none : format.percent(delivered),
            },
            {
              key: "response",
              head: t("connectors.response"),
              align: "end",
              hide: "narrow",
              cell: ({ response }) => response === null ? none : format.duration(response),
            },
            {
              key: "queue",
              head: t("connectors.queue"),
              align: "end",
              hide: "phone",
              cell: ({ queue }) => (
                <span class={queue > 500 ? "text-down-text" : ""}>{format.number(queue)}</span>
              ),
            },
            {
              key: "errors",
              head: t("connectors.errorsHour"),
              align: "end",
              hide: "narrow",
              cell: ({ errors }) => format.number(errors),
            },
            {
              key: "menu",
              label: t("table.actions"),
              align: "end",
              hide: "phone",
              cell: ({ cid }) => (
                <RowActions>
                  <Menu
                    small
                    kind="quiet"
                    icon="more"
                    label={t("common.moreFor", { name: cid })}
                    items={
                      <>
                        <MenuItem icon="restart">{t("connectors.restart")}</MenuItem>
                        <MenuItem icon="stop" opens="stop-connector">
                          {t("connectors.stop")}
                        </MenuItem>
                        <MenuLine />
                        <MenuItem icon="trash" danger>{t("common.delete")}</MenuItem>
                      </>
                    }
                  />
                </RowActions>
              ),
            },
          ]}
          totals={{
            connector: t("table.total"),
            state: t("connectors.boundOf", { bound: 3, n: CONNECTORS.length }),
            rate: format.number(150.5, 1),
            queue: format.number(1_815),
            errors: format.number(289),
          }}
        />
      </Panel>
    </>
  );
}
