/**
 * What alerts and events are called.
 * @module
 */
import type { AlertNow, ConnectorNow, Happening } from "./state.ts";
import type { Namespace, T } from "../../services/i18n/client.ts";
import { CONNECTOR_TONES, type ConnectorStateName, connectorStateOf, type Tone } from "../tone.ts";

/** The subjects that the dashboard speaks of: what an island is given. */
export const DASHBOARD_WORDS = [
  "alerts",
  "chart",
  "common",
  "connector",
  "connectorStates",
  "dashboard",
  "empty",
  "events",
  "messageStates",
  "messages",
  "navCounts",
  "services",
  "table",
  "time",
] as const satisfies readonly Namespace[];
export type DashboardWords = typeof DASHBOARD_WORDS[number];

/** The name of a service in plain words; an unknown one is called as it is. */
export function serviceName(t: T<"services">, name: string): string {
  switch (name) {
    case "gateway-http":
      return t("services.http");
    case "jcli":
    case "postgresql":
    case "redis":
    case "stream":
    case "workers":
      return t(`services.${name}`);
    default:
      return name;
  }
}

/** What is wrong, in a few words. */
export function alertTitle(
  t: T<"alerts" | "services">,
  { kind, subject, detail }: AlertNow,
): string {
  switch (kind) {
    case "connector-down":
      return t("alerts.connectorDown", { name: subject });
    case "service-down":
      return t("alerts.serviceDown", { name: serviceName(t, subject) });
    case "delivery-rate":
      return t("alerts.deliveryLow", { rate: t.format.percent(Number(detail["rate"] ?? 0)) });
    default:
      return subject === "" ? kind : t("alerts.other", { kind, name: subject });
  }
}

/** What is known of its cause; undefined when nothing is. */
export function alertText(t: T<"alerts">, { kind, detail }: AlertNow): string | undefined {
  if (kind === "delivery-rate") {
    return t("alerts.deliveryLowText", {
      n: Number(detail["closed"] ?? 0),
      threshold: t.format.percent(Number(detail["threshold"] ?? 0), 0),
    });
  }
  const reason = detail["last_error"];
  if (typeof reason === "string" && reason !== "") return reason;
  if (detail["reason"] === "never-bound") return t("alerts.neverBound");
  if (detail["reason"] === "lost") return t("alerts.bindLost");
  return detail["state"] === "unknown" ? t("alerts.silent") : undefined;
}

/** Its tone: only what is critical is in the down colour. */
export function alertTone({ severity }: AlertNow): "down" | "warn" {
  return severity === "critical" ? "down" : "warn";
}

/** How long a throttled connector is called so, in ms. */
const THROTTLED_MS = 60_000;

/** A connector's state as pages name it. */
export function stateName(
  { state, session, throttledAt }: Pick<ConnectorNow, "state" | "session" | "throttledAt">,
  now: number,
): ConnectorStateName {
  const isThrottled = throttledAt !== null && now - throttledAt < THROTTLED_MS;
  return state === "bound" && isThrottled ? "throttled" : connectorStateOf(state, session);
}

/** An event in the list: its shape, what it happened to, and what happened. */
export function happeningWords(
  t: T<"alerts" | "connectorStates" | "events" | "services">,
  event: Happening,
): { readonly tone: Tone; readonly subject: string; readonly text: string } {
  if (event.kind === "connector") {
    const state: ConnectorStateName = event.state;
    const isNew = event.before === null && event.state !== "removed";
    return {
      tone: CONNECTOR_TONES[state],
      subject: event.cid,
      text: isNew
        ? t("events.connectorAddedAs", { state: t(`connectorStates.${state}`) })
        : t(`connectorStates.${state}`),
    };
  }
  const { alert } = event;
  const name = alertTitle(t, alert);
  const subject = t("events.alertRaised");
  if (event.kind === "raised") return { tone: alertTone(alert), subject, text: name };
  const span = t.format.duration((alert.closedAt ?? alert.openedAt) - alert.openedAt);
  return { tone: "ok", subject, text: t("events.alertOver", { name, span }) };
}
