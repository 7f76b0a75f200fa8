import type { VNode } from "preact";
import { Tabs } from "../../../../components/tabs.tsx";
import type { T } from "../../../../services/i18n/mod.ts";

/** The two kinds of connectors, each with its page. */
export function ConnectorTabs({ t, current }: {
  readonly t: T;
  readonly current: "smpp" | "http";
}): VNode {
  return (
    <Tabs
      label={t("httpConnectors.kinds")}
      tabs={[
        { href: "/connectors", label: t("connectors.smpp"), current: current === "smpp" },
        { href: "/http-connectors", label: t("connectors.http"), current: current === "http" },
      ]}
    />
  );
}
