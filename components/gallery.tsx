import type { ComponentChildren, VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { AppShell } from "./app_shell.tsx";
import { Button } from "./button.tsx";
import { ConnectorTable } from "./gallery/connectors_section.tsx";
import { DashboardSection } from "./gallery/dashboard_section.tsx";
import { FormsSection } from "./gallery/forms_section.tsx";
import { MessageTable } from "./gallery/messages_section.tsx";
import { NOW, PLACES, SAID, SERVICES } from "./gallery/samples.ts";
import { Banners, StatesSection } from "./gallery/states_section.tsx";
import { LiveLabel } from "./live_label.tsx";

/** The parts of the example page. */
export const GALLERY_VIEWS = ["dashboard", "connectors", "messages", "states", "forms"] as const;
export type GalleryView = typeof GALLERY_VIEWS[number];

interface Props {
  readonly t: T;
  readonly view: GalleryView;
  /** The islands of the top bar, where they are at hand. */
  readonly tools?: ComponentChildren;
  readonly floating?: ComponentChildren;
}

/** All components in all their states, in the frame of the house: to look at, measure and test. */
export function Gallery({ t, view, tools, floating }: Props): VNode {
  return (
    <AppShell
      t={t}
      offered={PLACES}
      current={view === "connectors" || view === "messages" ? view : "dashboard"}
      counts={{
        alerts: { value: 2, label: t("navCounts.alerts", { n: 2 }), urgent: true },
        connectors: { value: 11, label: t("navCounts.connectors", { n: 11 }) },
        inbox: { value: 7, label: t("navCounts.inbox", { n: 7 }) },
      }}
      crumbs={[{ label: SAID.gateway, href: "#" }, {
        label: t(view === "connectors" || view === "messages" ? `nav.${view}` : "nav.gallery"),
      }]}
      gateway={{ name: SAID.gateway, release: SAID.release, simulated: true }}
      services={SERVICES}
      user={{ name: SAID.user, role: t("roles.super_admin") }}
      live={<LiveLabel t={t} state="live" time={t.format.time(NOW)} />}
      tools={tools ?? (
        <>
          <Button kind="quiet" icon="search" label={t("palette.open")} />
          <Button kind="quiet" icon="sun" label={t("theme.change")} />
        </>
      )}
      floating={floating}
    >
      {view === "dashboard" && <DashboardSection t={t} />}
      {view === "connectors" && <ConnectorTable t={t} />}
      {view === "messages" && <MessageTable t={t} />}
      {view === "states" && (
        <>
          <Banners t={t} />
          <StatesSection t={t} />
        </>
      )}
      {view === "forms" && <FormsSection t={t} />}
    </AppShell>
  );
}
