import type { VNode } from "preact";
import { Button } from "../../../../components/button.tsx";
import { Mono } from "../../../../components/code.tsx";
import { ConfirmDialog } from "../../../../components/confirm_dialog.tsx";
import { EmptyState } from "../../../../components/empty_state.tsx";
import { Table } from "../../../../components/table.tsx";
import { TwoLines } from "../../../../components/two_lines.tsx";
import type { UsedHttpConnector } from "../../../../services/gateway/mod.ts";
import type { T } from "../../../../services/i18n/mod.ts";

const PLACE = "/http-connectors";

/** HTTP connectors with their routes; asks before it calls or deletes one. */
export function HttpTable({ t, connectors, mayWrite }: {
  readonly t: T;
  readonly connectors: readonly UsedHttpConnector[];
  readonly mayWrite: boolean;
}): VNode {
  const routesOf = ({ routes }: UsedHttpConnector) =>
    t.format.list(routes.map(({ order }) => `MO ${order}`));
  return (
    <>
      <Table
        t={t}
        caption={t("connectors.http")}
        rows={connectors}
        keyOf={({ cid }) => cid}
        lines={2}
        columns={[
          {
            key: "name",
            head: t("connectors.connector"),
            grow: true,
            cell: ({ cid, method, url }) => (
              <TwoLines
                first={cid}
                second={<Mono>{`${method} ${url}`}</Mono>}
                title={`${cid} ${method} ${url}`}
              />
            ),
          },
          {
            key: "routes",
            head: t("httpConnectors.routes"),
            width: "w-40 min-w-40 max-w-40 max-sm:w-20 max-sm:min-w-20",
            cell: (connector) =>
              connector.routes.length === 0
                ? <span class="text-ink-3">{t("httpConnectors.noRoutes")}</span>
                : <span title={routesOf(connector)}>{routesOf(connector)}</span>,
          },
          ...(mayWrite
            ? [{
              key: "actions",
              label: t("table.actions"),
              align: "end" as const,
              width: "w-24 min-w-24",
              cell: ({ cid }: UsedHttpConnector) => (
                <span class="inline-flex gap-1">
                  <Button
                    kind="quiet"
                    small
                    icon="play"
                    label={t("httpConnectors.test", { name: cid })}
                    command="show-modal"
                    commandfor={`test-${cid}`}
                  />
                  <Button
                    kind="quiet"
                    small
                    icon="trash"
                    label={t("httpConnectors.remove", { name: cid })}
                    command="show-modal"
                    commandfor={`remove-${cid}`}
                  />
                </span>
              ),
            }]
            : []),
        ]}
        empty={
          <EmptyState kind="first" title={t("httpConnectors.emptyTitle")}>
            {t("httpConnectors.emptyText")}
          </EmptyState>
        }
      />
      {mayWrite && connectors.map((connector) => (
        <Dialogs
          key={connector.cid}
          t={t}
          connector={connector}
          routes={routesOf(connector)}
        />
      ))}
    </>
  );
}

function Dialogs({ t, connector: { cid, routes: used }, routes }: {
  readonly t: T;
  readonly connector: UsedHttpConnector;
  readonly routes: string;
}): VNode {
  const hidden = (act: string) => (
    <>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="cid" value={cid} />
    </>
  );
  return (
    <>
      <ConfirmDialog
        t={t}
        id={`test-${cid}`}
        title={t("httpConnectors.testTitle", { name: cid })}
        effects={[
          { tone: "warn", text: t("httpConnectors.testEffect") },
          { tone: "info", text: t("httpConnectors.testHere") },
        ]}
        action={PLACE}
        verb={t("httpConnectors.testVerb")}
        keep={t("common.cancel")}
        danger={false}
        hidden={hidden("test")}
      />
      <ConfirmDialog
        t={t}
        id={`remove-${cid}`}
        title={t("httpConnectors.removeTitle", { name: cid })}
        effects={[
          used.length === 0 ? { tone: "ok", text: t("httpConnectors.removeFree") } : {
            tone: "warn",
            text: t("httpConnectors.removeUsed", { n: used.length, routes }),
          },
        ]}
        action={PLACE}
        verb={t("httpConnectors.removeVerb")}
        hidden={hidden("remove")}
      />
    </>
  );
}
