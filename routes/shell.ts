/**
 * The frame of a signed-in page, gathered for `AppShell`.
 * @module
 */
import type { Context } from "fresh";
import type { AppShellProps } from "../components/app_shell.tsx";
import type { ServiceView } from "../components/bloom.tsx";
import type { Crumb } from "../components/crumbs.tsx";
import { type PlaceId, placesFor } from "../components/navigation.ts";
import { can } from "../services/auth/mod.ts";
import type { HealthReport } from "../services/metrics/mod.ts";
import { shellParts } from "./(_parts)/shell_parts.tsx";
import { themeOf } from "./appearance.ts";
import { installation } from "./installation.ts";
import { principalOf, wordsOf } from "./page.ts";
import { offeredPlaces } from "./places.ts";
import type { State } from "./state.ts";

/** What a page tells of itself. */
export interface PagePlace {
  readonly current: PlaceId | null;
  readonly crumbs: readonly Crumb[];
  /** Whether the page shows a title of its own. */
  readonly detail?: boolean;
  /** Whether an island of it follows the live stream, so that the frame tells of it. @default false */
  readonly live?: boolean;
}

export type Shell = Omit<AppShellProps, "children">;

const NAMES: Readonly<Record<string, ServiceView["name"]>> = {
  jcli: "jcli",
  "gateway-http": "http",
  postgresql: "postgresql",
  redis: "redis",
  stream: "stream",
};

/** The five services of the bloom: all workers count as one. */
export function serviceViews({ dependencies }: HealthReport): ServiceView[] {
  const views = dependencies.flatMap(({ name, state }): ServiceView[] => {
    const known = NAMES[name];
    return known === undefined ? [] : [{ name: known, state }];
  });
  const workers = dependencies.filter(({ name }) => NAMES[name] === undefined);
  return [...views, {
    name: "workers",
    state: workers.every(({ state }) => state === "up") ? "up" : "down",
  }];
}

function releaseOf({ dependencies }: HealthReport): string | null {
  const jcli = dependencies.find(({ name }) => name === "jcli");
  return /^Jasmin (\S+)$/.exec(jcli?.detail ?? "")?.[1] ?? null;
}

/** Gathers the frame; call it in a page's handler. */
export async function shellOf(ctx: Context<State>, place: PagePlace): Promise<Shell> {
  const t = wordsOf(ctx);
  const principal = principalOf(ctx);
  const { services } = ctx.state;
  const [health, profile, connectors] = await Promise.all([
    services.health(),
    services.profiles.read(principal),
    can(principal, "connectors:read") ? services.connectors.list() : [],
  ]);
  const { simulated } = installation();
  const offered = offeredPlaces(principal);
  return {
    t,
    offered,
    current: place.current,
    crumbs: place.crumbs,
    detail: place.detail ?? false,
    gateway: { name: "main", release: releaseOf(health), simulated },
    services: principal.scope.kind === "all" ? serviceViews(health) : [],
    user: { name: profile.user.name, role: t(`roles.${principal.role}`) },
    ...shellParts({
      t,
      isLive: place.live ?? false,
      places: placesFor(offered).flatMap(({ places }) => places),
      connectors: connectors.map(({ cid }) => cid),
      maySend: can(principal, "messages:send"),
      theme: themeOf(ctx.req),
    }),
  };
}
