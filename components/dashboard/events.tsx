import type { VNode } from "preact";
import type { Happening } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { EmptyState } from "../empty_state.tsx";
import { EventList } from "../event_list.tsx";
import { Moment } from "../moment.tsx";
import { Panel } from "../panel.tsx";
import { happeningWords } from "./words.ts";

interface Props {
  readonly t: T<"alerts" | "connectorStates" | "dashboard" | "empty" | "events" | "services">;
  /** Newest first. */
  readonly happenings: readonly Happening[];
  readonly now: number;
}

/** What happened lately to connectors, and what was wrong. */
export function Events({ t, happenings, now }: Props): VNode {
  const present = new Date(now);
  return (
    <Panel title={t("dashboard.events")} padded={false}>
      {happenings.length === 0
        ? (
          <EmptyState kind="first" title={t("empty.eventsTitle")}>
            {t("empty.eventsText")}
          </EmptyState>
        )
        : (
          <EventList
            events={happenings.map((event) => ({
              id: event.id,
              ...happeningWords(t, event),
              time: <Moment format={t.format} at={new Date(event.at)} now={present} />,
              ...event.kind === "connector" && event.state !== "removed"
                ? { href: `/connectors/${encodeURIComponent(event.cid)}` }
                : {},
            }))}
          />
        )}
    </Panel>
  );
}
