/**
 * Which places of the house there are, and what it takes to be offered one.
 * @module
 */
import type { PlaceId } from "../components/navigation.ts";
import { can, type Permission, type Principal } from "../services/auth/mod.ts";

/** Every place with a page, and its permission; null: whoever is signed in. */
const PLACES: Partial<Record<PlaceId, Permission | null>> = {
  dashboard: "metrics:read",
  walls: "walls:read",
  connectors: "connectors:read",
  messages: "messages:read",
  inbox: "messages:read",
  users: "users:read",
  "api-keys": "api-keys:read",
  audit: "audit:read",
  "api-docs": null,
};

/** The places to offer to who is signed in. */
export function offeredPlaces(principal: Principal): ReadonlySet<PlaceId> {
  // Object.entries() widens the keys of the record above to string.
  const places = Object.entries(PLACES) as [PlaceId, Permission | null][];
  return new Set(
    places.filter(([, permission]) => permission === null || can(principal, permission))
      .map(([place]) => place),
  );
}

/** Where to go after a form: a place of ours, whatever the request says. */
export function placeAfter(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}
