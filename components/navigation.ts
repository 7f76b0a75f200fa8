/**
 * The places of the house, in the order of the sidebar.
 * @module
 */
import type { KeyOf } from "../services/i18n/client.ts";
import type { IconName } from "./icon.tsx";

/** A page of the first level. */
export interface Place {
  readonly id: PlaceId;
  readonly href: string;
  readonly icon: IconName;
  readonly label: KeyOf<"nav">;
}

/** Places under one heading; the first group has none. */
export interface PlaceGroup {
  readonly label: KeyOf<"nav"> | null;
  readonly places: readonly Place[];
}

const GROUPS = [
  {
    label: null,
    places: [
      { id: "dashboard", href: "/", icon: "gauge", label: "nav.dashboard" },
      { id: "walls", href: "/walls", icon: "monitor", label: "nav.walls" },
      { id: "alerts", href: "/alerts", icon: "bell", label: "nav.alerts" },
    ],
  },
  {
    label: "nav.gateway",
    places: [
      { id: "connectors", href: "/connectors", icon: "plug", label: "nav.connectors" },
      { id: "routing", href: "/routing", icon: "route", label: "nav.routing" },
      { id: "gateway-users", href: "/gateway-users", icon: "users", label: "nav.gatewayUsers" },
      { id: "interceptors", href: "/interceptors", icon: "code", label: "nav.interceptors" },
      { id: "doctor", href: "/doctor", icon: "pulse", label: "nav.doctor" },
    ],
  },
  {
    label: "nav.messaging",
    places: [
      { id: "messages", href: "/messages", icon: "message", label: "nav.messages" },
      { id: "inbox", href: "/inbox", icon: "inbox", label: "nav.inbox" },
      { id: "campaigns", href: "/campaigns", icon: "send", label: "nav.campaigns" },
      { id: "contacts", href: "/contacts", icon: "book", label: "nav.contacts" },
      { id: "templates", href: "/templates", icon: "file", label: "nav.templates" },
    ],
  },
  {
    label: "nav.billing",
    places: [
      { id: "accounts", href: "/accounts", icon: "building", label: "nav.accounts" },
      { id: "rates", href: "/rates", icon: "tag", label: "nav.rates" },
      { id: "invoices", href: "/invoices", icon: "receipt", label: "nav.invoices" },
      { id: "reports", href: "/reports", icon: "bars", label: "nav.reports" },
    ],
  },
  {
    label: "nav.administration",
    places: [
      { id: "users", href: "/users", icon: "user", label: "nav.users" },
      { id: "api-keys", href: "/api-keys", icon: "key", label: "nav.apiKeys" },
      { id: "audit", href: "/audit", icon: "shield", label: "nav.audit" },
      { id: "api-docs", href: "/api/docs", icon: "braces", label: "nav.apiDocs" },
      { id: "settings", href: "/settings", icon: "sliders", label: "nav.settings" },
    ],
  },
] as const satisfies readonly {
  label: KeyOf<"nav"> | null;
  places: readonly (Omit<Place, "id"> & { readonly id: string })[];
}[];

/** Names a place. */
export type PlaceId = typeof GROUPS[number]["places"][number]["id"];

/** Places that a thumb reaches first: those of the bottom bar, before "More". */
const NEAR: readonly PlaceId[] = ["dashboard", "connectors", "messages", "campaigns", "inbox"];
const MOST_NEAR = 4;

/** The groups with the places that may be offered; a group without any is left out. */
export function placesFor(offered: ReadonlySet<PlaceId>): readonly PlaceGroup[] {
  return GROUPS.map(({ label, places }) => ({
    label,
    places: places.filter(({ id }) => offered.has(id)),
  })).filter(({ places }) => places.length > 0);
}

/** The places of the bottom bar, four at most. */
export function nearPlaces(groups: readonly PlaceGroup[]): readonly Place[] {
  const all = groups.flatMap(({ places }) => places);
  return NEAR.flatMap((id) => all.find((place) => place.id === id) ?? []).slice(0, MOST_NEAR);
}
