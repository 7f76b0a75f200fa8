import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { AlertList } from "../alert_list.tsx";
import { Button } from "../button.tsx";
import { ButtonLink } from "../button_link.tsx";
import { Legend } from "../chart/legend.tsx";
import { Sparkline } from "../chart/sparkline.tsx";
import { TrafficLanes } from "../chart/traffic_lanes.tsx";
import { ConnectorList } from "../connector_list.tsx";
import { Count } from "../count.tsx";
import { EventList } from "../event_list.tsx";
import { Figure, FigureStrip } from "../figure_strip.tsx";
import { Cell, Grid } from "../grid.tsx";
import { LiveValue } from "../live_value.tsx";
import { Moment } from "../moment.tsx";
import { PageHead } from "../page_head.tsx";
import { Panel } from "../panel.tsx";
import { Progress } from "../progress.tsx";
import { Segmented } from "../segmented.tsx";
import { CONNECTOR_TONES } from "../tone.ts";
import { CONNECTORS, NOW, SAID, secondsAgo, wave, withGap } from "./samples.ts";

/** The dashboard as it is from the server. */
export function DashboardSection({ t }: { readonly t: T }): VNode {
  const { format } = t;
  const mt = withGap(wave(300, 248, 34, 3), 95, 104);
  const mo = withGap(wave(300, 12.4, 4, 5), 95, 104);
  const failed = wave(60, 3.4, 3, 7);
  const period = t("time.lastMinutes", { n: 5 });
  const [first] = CONNECTORS;
  const cost = format.moneyParts(284_120_000_000n, "EUR", "whole");
  return (
    <>
      <PageHead
        actions={
          <>
            <ButtonLink href="#" icon="monitor">{t("nav.walls")}</ButtonLink>
            <ButtonLink href="#" icon="download" label={t("dashboard.download")} />
          </>
        }
      >
        <Segmented
          label={t("dashboard.view")}
          segments={[
            { href: "#live", label: t("time.live"), current: true },
            { href: "#day", label: t("time.day") },
            { href: "#week", label: t("time.week") },
            { href: "#month", label: t("time.month") },
          ]}
        />
      </PageHead>
      <FigureStrip label={t("dashboard.figures")} columns={8}>
        <Figure
          label={t("dashboard.mt")}
          value={<LiveValue name="mt.rate">{format.number(248.6, 1)}</LiveValue>}
          unit={t("dashboard.mtUnit")}
          spark={<Sparkline values={mt.slice(-60)} />}
          note={t("dashboard.peak", { value: format.number(311.9, 1) })}
        />
        <Figure
          label={t("dashboard.mo")}
          value={<LiveValue name="mo.rate">{format.number(12.4, 1)}</LiveValue>}
          unit={t("dashboard.mtUnit")}
          spark={<Sparkline values={mo.slice(-60)} />}
          note={t("dashboard.peak", { value: format.number(38, { exactly: 1 }) })}
        />
        <Figure
          label={t("dashboard.submittedToday")}
          width="wide"
          value={<LiveValue name="today.submitted">{format.number(8_412_937)}</LiveValue>}
          unit={
            <span class="text-ok-text">
              {t("dashboard.onDay", {
                change: `${format.signed(6.2)} %`,
                day: format.day(secondsAgo(7 * 86_400), NOW),
              })}
            </span>
          }
          note={
            <Progress
              thin
              format={format}
              parts={[
                { series: "delivered", label: t("dashboard.delivered"), count: 8_165_104 },
                { series: "pending", label: t("dashboard.pending"), count: 132_488 },
                { series: "failed", label: t("dashboard.failed"), count: 115_345 },
              ]}
            />
          }
        />
        <Figure
          label={t("dashboard.deliveredRate")}
          value={<LiveValue name="today.rate">{format.number(97.8, 1)}</LiveValue>}
          unit={t("chart.percent")}
          spark={<Sparkline values={[98, 98.2, 98.1, 98.2, 98, 97.9, 97.8]} />}
          note={t("dashboard.lastHour", { change: format.signed(-0.6) })}
        />
        <Figure
          label={t("dashboard.deliveryTime")}
          value={<LiveValue name="today.mean">{format.number(3.2, 1)}</LiveValue>}
          unit={t("dashboard.meanUnit")}
          note={t("dashboard.p95", { span: format.duration(8_900) })}
        />
        <Figure
          label={t("dashboard.costToday")}
          width="roomy"
          before={cost.before === "" ? undefined : cost.before}
          value={<LiveValue name="today.cost">{cost.value}</LiveValue>}
          unit={cost.after === "" ? undefined : cost.after}
          note={t("dashboard.margin", { share: format.percent(0.184) })}
        />
        <Figure
          label={t("dashboard.queued")}
          value={<LiveValue name="queue.waiting">{format.number(1_842)}</LiveValue>}
          spark={<Sparkline values={[40, 41, 40, 42, 41, 600, 1_300, 1_842]} />}
          note={
            <span class="text-down-text">
              {t("dashboard.queuesNote", {
                change: t("dashboard.perSecond", { change: format.signed(17.3) }),
                n: 2,
              })}
            </span>
          }
        />
      </FigureStrip>
      <Grid>
        <Cell span="twoThirds">
          <Panel
            title={t("dashboard.traffic", { period })}
            actions={
              <Legend
                items={[
                  { series: "mt", label: t("dashboard.mt"), value: format.number(248.6, 1) },
                  { series: "mo", label: t("dashboard.mo"), value: format.number(12.4, 1) },
                  { series: "failed", label: t("dashboard.failed"), value: format.number(3.9, 1) },
                  { series: "before", label: t("chart.previous") },
                ]}
              />
            }
          >
            <TrafficLanes
              t={t}
              from={secondsAgo(300)}
              to={NOW}
              period={period}
              events={[{
                at: secondsAgo(85),
                label: t("dashboard.connectorDown", {
                  name: first?.cid ?? "",
                  time: format.time(secondsAgo(85)),
                }),
              }]}
              lanes={[
                {
                  series: "mt",
                  name: t("dashboard.mt"),
                  unit: "chart.perSecond",
                  values: mt,
                  before: wave(60, 225, 14, 9),
                },
                {
                  series: "mo",
                  name: t("dashboard.mo"),
                  unit: "chart.perSecond",
                  values: mo,
                },
                {
                  series: "failed",
                  name: t("dashboard.failed"),
                  unit: "chart.perSecond",
                  values: failed,
                  kind: "bars",
                },
              ]}
            />
          </Panel>
        </Cell>
        <Cell span="side">
          <Panel
            title={t("dashboard.connectors")}
            sub={t("dashboard.boundOf", { bound: 3, n: CONNECTORS.length })}
            actions={
              <ButtonLink kind="quiet" small href="#connectors">
                {t("dashboard.allCount", { n: 11 })}
              </ButtonLink>
            }
            padded={false}
          >
            <ConnectorList
              t={t}
              connectors={CONNECTORS.map((each) => ({
                cid: each.cid,
                href: "#connector",
                state: each.state,
                runs: each.runs,
                runsLabel: t("time.inState", {
                  state: t(`connectorStates.${each.state}`),
                  span: format.duration(each.since * 1_000),
                }),
                rate: each.rate === null ? null : format.number(each.rate, { exactly: 1 }),
                limit: format.number(each.limit),
              }))}
            />
          </Panel>
        </Cell>
        <Cell span="third">
          <Panel
            title={t("dashboard.alerts")}
            count={<Count value="2" label={t("navCounts.alerts", { n: 2 })} urgent />}
            actions={<ButtonLink kind="quiet" small href="#">{t("common.history")}</ButtonLink>}
            padded={false}
          >
            <AlertList
              alerts={[
                {
                  id: "1",
                  tone: "down",
                  title: t("alerts.connectorDown", { name: first?.cid ?? "" }),
                  text: `${SAID.refused}. ${t("alerts.messagesWait", { n: 1_204 })}.`,
                  since: t("alerts.since", { time: format.time(secondsAgo(85)) }),
                  actions: (
                    <>
                      <Button small>{t("dashboard.acknowledge")}</Button>
                      <Button small kind="quiet">{t("dashboard.silence")}</Button>
                    </>
                  ),
                },
                {
                  id: "2",
                  tone: "warn",
                  title: t("alerts.queueOver", { name: "operator_de_2", limit: 500 }),
                  text: t("alerts.messagesWait", { n: 611 }),
                  since: t("alerts.since", { time: format.time(secondsAgo(34)) }),
                  actions: <Button small>{t("dashboard.acknowledge")}</Button>,
                },
              ]}
            />
          </Panel>
        </Cell>
        <Cell span="third">
          <Panel title={t("connector.throughput")} sub={t("time.lastHours", { n: 1 })}>
            <TrafficLanes
              t={t}
              from={secondsAgo(3_600)}
              to={NOW}
              period={t("time.lastHours", { n: 1 })}
              lanes={[
                {
                  series: "mt",
                  name: t("connector.throughput"),
                  unit: "chart.perSecond",
                  values: wave(120, 20, 5, 11),
                  height: "middle",
                  limit: { value: 25, label: t("chart.limit", { value: 25 }) },
                  valueInLabel: true,
                },
                {
                  series: "time",
                  name: t("connector.responseTime"),
                  unit: "chart.milliseconds",
                  values: wave(120, 41, 6, 13),
                  valueInLabel: true,
                },
                { series: "queue", name: t("connector.queue"), values: [], valueInLabel: true },
              ]}
            />
          </Panel>
        </Cell>
        <Cell span="side">
          <Panel
            title={t("dashboard.events")}
            actions={<ButtonLink kind="quiet" small href="#">{t("common.seeAll")}</ButtonLink>}
            padded={false}
          >
            <EventList
              events={CONNECTORS.map(({ cid, state, since }) => ({
                id: cid,
                tone: CONNECTOR_TONES[state],
                time: <Moment format={format} at={secondsAgo(since)} now={NOW} />,
                subject: cid,
                text: state === "down"
                  ? t("events.connectorDown", { reason: SAID.refused })
                  : t(`connectorStates.${state}`),
                href: "#connector",
              }))}
            />
          </Panel>
        </Cell>
      </Grid>
    </>
  );
}
