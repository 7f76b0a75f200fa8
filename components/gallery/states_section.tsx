import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { Badge } from "../badge.tsx";
import { Banner } from "../banner.tsx";
import { Bloom, bloomWords } from "../bloom.tsx";
import { Button } from "../button.tsx";
import { ButtonLink } from "../button_link.tsx";
import { Mono } from "../code.tsx";
import { ConnectorState } from "../connector_state.tsx";
import { EmptyState } from "../empty_state.tsx";
import { ErrorState } from "../error_state.tsx";
import { Figure, FigureStrip } from "../figure_strip.tsx";
import { Cell, Grid } from "../grid.tsx";
import { LiveLabel } from "../live_label.tsx";
import { LiveValue } from "../live_value.tsx";
import { OfflineBar } from "../offline_bar.tsx";
import { Panel } from "../panel.tsx";
import { Pill } from "../pill.tsx";
import { SkeletonRows } from "../skeleton.tsx";
import { Toast } from "../toast.tsx";
import { AllMessageStates } from "./messages_section.tsx";
import { CAPTIONS, NOW, ONE_DOWN, SAID, secondsAgo, SERVICES } from "./samples.ts";

/** Banners: what stops the work, what needs doing, what is stale. */
export function Banners({ t }: { readonly t: T }): VNode {
  const { format } = t;
  return (
    <>
      <OfflineBar
        t={t}
        offline={false}
        ago={format.duration(12_000)}
        time={format.time(secondsAgo(12))}
        action={<Button small>{t("live.tryNow")}</Button>}
      />
      <Banner
        kind="down"
        title={t("errors.jcliTitle")}
        urgent
        actions={<ButtonLink small href="#">{t("errors.openDoctor")}</ButtonLink>}
      >
        {t.parts("errors.jcliText", {
          time: format.time(secondsAgo(147)),
          address: <Mono>127.0.0.1:8990</Mono>,
        })}
      </Banner>
      <Banner
        kind="info"
        title={t("message.uncertainTitle")}
        actions={<Button small>{t("common.show")}</Button>}
      >
        {t("message.uncertainText")}
      </Banner>
    </>
  );
}

/** Empty, loading, error, stale, and every word of a state. */
export function StatesSection({ t }: { readonly t: T }): VNode {
  const { format } = t;
  return (
    <Grid>
      <Cell span="third">
        <Panel title={CAPTIONS.first} ruled padded={false}>
          <EmptyState
            kind="first"
            title={t("empty.connectorsTitle")}
            actions={<Button kind="primary" icon="plus">{t("empty.connectorsAction")}</Button>}
          >
            {t("empty.connectorsText")}
          </EmptyState>
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.filtered} ruled padded={false}>
          <EmptyState
            kind="filtered"
            title={t("empty.filteredTitle")}
            actions={<ButtonLink href="#">{t("empty.filteredAction")}</ButtonLink>}
          >
            {t("empty.filteredText", { n: 895_214 })}
          </EmptyState>
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.good} ruled padded={false}>
          <EmptyState
            kind="good"
            title={t("empty.alertsTitle")}
            actions={<ButtonLink kind="quiet" href="#">{t("empty.alertsAction")}</ButtonLink>}
          >
            {t("empty.alertsText", {
              name: t("alerts.queueOver", { name: "operator_de_2", limit: 500 }),
              when: t("time.ago", { span: format.duration(72_000_000) }),
              span: format.duration(240_000),
            })}
          </EmptyState>
        </Panel>
      </Cell>
      <Cell span="half">
        <Panel title={CAPTIONS.loading} ruled padded={false}>
          <SkeletonRows t={t} lines={2} />
        </Panel>
      </Cell>
      <Cell span="half">
        <Panel title={CAPTIONS.values} ruled padded={false}>
          <div class="-mb-4 max-sm:-mb-3 [&>section]:rounded-none [&>section]:border-x-0 [&>section]:border-t-0">
            <FigureStrip label={CAPTIONS.figures} columns={4}>
              <Figure
                label={t("live.live")}
                value={<LiveValue>{format.number(248.6, 1)}</LiveValue>}
                unit={t("dashboard.mtUnit")}
                note={t("time.ago", { span: format.duration(1_000) })}
              />
              <Figure
                label={t("dashboard.queued")}
                value={<span class="rounded-2 bg-accent-soft">{format.number(1_859)}</span>}
                note={t("common.now")}
              />
              <Figure
                label={t("live.again")}
                value={<LiveValue stale>{format.number(248.6, 1)}</LiveValue>}
                unit={t("dashboard.mtUnit")}
                note={t("live.asOf", { time: format.time(secondsAgo(12)) })}
              />
              <Figure
                label={t("dashboard.cost")}
                value={t("common.notAvailable")}
                absent
                note={t("dashboard.statsReset")}
              />
            </FigureStrip>
          </div>
          <div class="grid gap-3 p-4">
            <div class="flex flex-wrap gap-x-6 gap-y-2">
              {(["boundTrx", "throttled", "binding", "down", "stopped"] as const).map((state) => (
                <ConnectorState key={state} t={t} state={state} />
              ))}
            </div>
            <AllMessageStates t={t} />
            {[SERVICES, ONE_DOWN].map((services, place) => (
              <p key={place} class="flex items-center gap-2">
                <Bloom t={t} services={services} decorative />
                {bloomWords(t, services)}
              </p>
            ))}
            <div class="flex flex-wrap gap-x-6 gap-y-2">
              {(["connecting", "live", "again", "stale", "offline"] as const).map((state) => (
                <LiveLabel key={state} t={t} state={state} time={format.time(NOW)} />
              ))}
            </div>
          </div>
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.error} ruled padded={false}>
          <ErrorState
            t={t}
            name={t("common.history")}
            text={t("errors.timeoutText", {
              service: t("services.postgresql"),
              span: format.duration(5_000),
            })}
            retryHref="#"
          />
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.forbidden} ruled padded={false}>
          <EmptyState kind="forbidden" title={t("errors.forbiddenTitle")}>
            {t("errors.forbiddenText", { role: t("roles.analyst"), account: SAID.gateway })}
          </EmptyState>
        </Panel>
      </Cell>
      <Cell span="third">
        <Panel title={CAPTIONS.toasts} ruled>
          <div class="grid gap-3">
            <Toast
              tone="ok"
              title={t("connectors.startedBound", { name: "operator_de_2" })}
              text={t("connectors.startedBoundAfter", { span: format.duration(112_000) })}
              actions={
                <>
                  <Button small>{t("common.undo")}</Button>
                  <Button kind="quiet" small icon="x" label={t("common.close")} />
                </>
              }
            />
            <Toast
              tone="down"
              title={t("connectors.failed", { name: "wholesale_eu_backup_line_2" })}
              text={SAID.refused}
            />
          </div>
        </Panel>
      </Cell>
      <Cell span="full">
        <Panel title={CAPTIONS.words}>
          <div class="flex flex-wrap items-center gap-3">
            {(["ok", "warn", "down", "info", "idle"] as const).map((tone) => (
              <Pill key={tone} tone={tone}>
                {t("time.inState", {
                  state: t("connectorStates.throttled"),
                  span: format.duration(70_000),
                })}
              </Pill>
            ))}
            {(["plain", "accent", "warn", "down", "info"] as const).map((kind) => (
              <Badge key={kind} kind={kind}>{t("profile.thisSession")}</Badge>
            ))}
          </div>
        </Panel>
      </Cell>
    </Grid>
  );
}
