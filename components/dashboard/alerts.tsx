import type { ComponentChildren, VNode } from "preact";
import type { AlertNow } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { AlertList } from "../alert_list.tsx";
import { Count } from "../count.tsx";
import { EmptyState } from "../empty_state.tsx";
import { Panel } from "../panel.tsx";
import { alertText, alertTitle, alertTone } from "./words.ts";

/** More alerts than these are counted; they are all in the list of the API. */
const MOST = 5;

interface Props {
  readonly t: T<"alerts" | "dashboard" | "empty" | "navCounts" | "services">;
  /** The worst first. */
  readonly alerts: readonly AlertNow[];
  readonly last: AlertNow | null;
  readonly now: number;
  /** The button that acknowledges; absent for who may not. */
  readonly acknowledge?: ((alert: AlertNow) => ComponentChildren) | undefined;
}

/** What is wrong now, the worst first; a good nothing says when it was otherwise. */
export function Alerts({ t, alerts, last, now, acknowledge }: Props): VNode {
  const { format } = t;
  const present = new Date(now);
  const more = alerts.length - MOST;
  return (
    <Panel
      id="alerts"
      title={t("dashboard.alerts")}
      count={alerts.length === 0 ? undefined : (
        <Count
          value={format.number(alerts.length)}
          label={t("navCounts.alerts", { n: alerts.length })}
          urgent
        />
      )}
      padded={false}
      foot={more > 0 ? t("dashboard.andMore", { n: more }) : undefined}
    >
      {alerts.length === 0
        ? (
          <EmptyState kind="good" title={t("empty.alertsTitle")}>
            {last === null || last.closedAt === null ? t("empty.alertsNever") : t(
              "empty.alertsText",
              {
                name: alertTitle(t, last),
                when: format.moment(new Date(last.closedAt), present),
                span: format.duration(last.closedAt - last.openedAt),
              },
            )}
          </EmptyState>
        )
        : (
          <AlertList
            alerts={alerts.slice(0, MOST).map((alert) => ({
              id: alert.id,
              tone: alertTone(alert),
              title: alertTitle(t, alert),
              ...textOf(t, alert),
              since: t("alerts.since", { time: format.moment(new Date(alert.openedAt), present) }),
              actions: alert.acknowledgedAt === null
                ? acknowledge?.(alert)
                : <span class="text-12 text-ink-2">{t("dashboard.seen")}</span>,
            }))}
          />
        )}
    </Panel>
  );
}

function textOf(t: Props["t"], alert: AlertNow): { readonly text?: string } {
  const text = alertText(t, alert);
  return text === undefined ? {} : { text };
}
