import type { ComponentChildren, VNode } from "preact";
import type { AlertNow, DashboardState } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { Cell, Grid } from "../grid.tsx";
import { Alerts } from "./alerts.tsx";
import { Connectors } from "./connectors.tsx";
import { Events } from "./events.tsx";
import { Figures } from "./figures.tsx";
import { Messages } from "./messages.tsx";
import { Queues } from "./queues.tsx";
import { Services } from "./services.tsx";
import { Traffic } from "./traffic.tsx";
import type { DashboardWords } from "./words.ts";

interface Props {
  readonly t: T<DashboardWords>;
  readonly state: DashboardState;
  /** The present by the server's clock, in ms. */
  readonly now: number;
  /** The chart of the traffic. */
  readonly chart: ComponentChildren;
  readonly acknowledge?: ((alert: AlertNow) => ComponentChildren) | undefined;
}

/** The dashboard: of the whole installation, or of one account without what all tenants share. */
export function Board({ t, state, now, chart, acknowledge }: Props): VNode {
  const alerts = (
    <Alerts
      t={t}
      alerts={state.alerts}
      last={state.lastAlert}
      now={now}
      acknowledge={acknowledge}
    />
  );
  const traffic = <Traffic t={t} traffic={state.traffic}>{chart}</Traffic>;
  const messages = <Messages t={t} messages={state.messages} now={now} />;
  return (
    <>
      <Figures t={t} state={state} />
      {state.installation
        ? (
          <Grid>
            <Cell span="twoThirds">{traffic}</Cell>
            <Cell span="side">
              <Connectors t={t} connectors={state.connectors} now={now} />
            </Cell>
            <Cell span="third">{alerts}</Cell>
            <Cell span="third">
              <Queues t={t} state={state} />
            </Cell>
            <Cell span="third">
              <Services t={t} services={state.services} now={now} />
            </Cell>
            <Cell span="third">
              <Events t={t} happenings={state.happenings} now={now} />
            </Cell>
            <Cell span="twoThirds">{messages}</Cell>
          </Grid>
        )
        : (
          <Grid>
            <Cell span="twoThirds">{traffic}</Cell>
            <Cell span="side">{alerts}</Cell>
            <Cell span="twoThirds">{messages}</Cell>
            <Cell span="side">
              <Queues t={t} state={state} />
            </Cell>
          </Grid>
        )}
    </>
  );
}
