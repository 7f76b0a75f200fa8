/**
 * What is told live, and to whom.
 * @module
 */
import type { Scope } from "../accounts/mod.ts";
import { can, type Permission, type Subject } from "../auth/mod.ts";
import { ForbiddenError, ValidationError } from "../errors/mod.ts";

/** The subjects that a client may subscribe to, in the order of their bits in an audience's key. */
export const CHANNELS = ["metrics", "connectors", "alerts", "messages"] as const;
export type Channel = typeof CHANNELS[number];

interface Rule {
  /** What it takes to subscribe. */
  readonly permission: Permission;
  /** Whether a newer entry makes an older one needless, so that a slow client may skip it. */
  readonly skippable: boolean;
  /**
   * Who sees an entry that names no account: whoever sees the installation's connectors, or only
   * who sees all accounts.
   */
  readonly unowned: "connectors:read" | "all-accounts";
}

/** The one table of rules. */
export const RULES: Readonly<Record<Channel, Rule>> = {
  metrics: { permission: "metrics:read", skippable: true, unowned: "connectors:read" },
  connectors: { permission: "connectors:read", skippable: false, unowned: "connectors:read" },
  alerts: { permission: "alerts:read", skippable: false, unowned: "all-accounts" },
  messages: { permission: "messages:read", skippable: false, unowned: "all-accounts" },
};

/** Fields of an entry's data that only who may read connectors is told. */
export const INSTALLATION_FIELDS = ["connector"] as const;

/** What a subscriber may see: the part of a principal that the hub keeps. */
export interface Viewer {
  readonly scope: Scope;
  /** The accounts of the scope, for many look-ups; undefined when it is all. */
  readonly accounts: ReadonlySet<string> | undefined;
  /** Whether connectors and gateway-wide figures are shown (`connectors:read`). */
  readonly seesInstallation: boolean;
}

/** What the hub keeps of a principal. */
export function viewerOf(subject: Subject): Viewer {
  const { scope } = subject;
  return {
    scope,
    accounts: scope.kind === "all" ? undefined : new Set(scope.ids),
    seesInstallation: can(subject, "connectors:read"),
  };
}

/**
 * Reads a list such as `metrics,alerts`, or one that is a list already.
 * @throws {ValidationError} naming `channels`, when one is unknown or there is none
 */
export function parseChannels(given: string | readonly string[] | null): Channel[] {
  const names = typeof given === "string" ? given.split(",") : given ?? [];
  const wanted = names.map((name) => name.trim()).filter((name) => name !== "");
  const known = CHANNELS.join(", ");
  if (wanted.length === 0) {
    throw new ValidationError("channels", `Name at least one channel of ${known}`);
  }
  for (const name of wanted) {
    if (!isChannel(name)) {
      throw new ValidationError(
        "channels",
        `There is no channel ${JSON.stringify(name.slice(0, 40))}; choose of ${known}`,
      );
    }
  }
  return CHANNELS.filter((channel) => wanted.includes(channel));
}

/** Whether the text names a channel. */
export function isChannel(text: string): text is Channel {
  return (CHANNELS as readonly string[]).includes(text); // widened: includes() takes members only
}

/** @throws {ForbiddenError} when the subject may not subscribe to one of the channels */
export function requireChannels(subject: Subject, channels: readonly Channel[]): void {
  for (const channel of channels) {
    if (!can(subject, RULES[channel].permission)) {
      throw new ForbiddenError(
        `Your role may not read the channel ${channel}; leave it out of channels`,
      );
    }
  }
}

/** Whether a viewer sees an entry of this channel that belongs to this account, or to none. */
export function sees(viewer: Viewer, channel: Channel, accountId: string | null): boolean {
  if (channel === "connectors" && !viewer.seesInstallation) return false;
  // Whoever gets the installation's figures doesn't read a thousand accounts' each second as well;
  // those of one account are asked for (`/api/v1/metrics/recent`).
  if (
    channel === "metrics" && accountId !== null && viewer.accounts === undefined &&
    viewer.seesInstallation
  ) return false;
  if (viewer.accounts === undefined && RULES[channel].unowned === "all-accounts") return true;
  if (accountId === null) {
    return RULES[channel].unowned === "connectors:read" && viewer.seesInstallation;
  }
  return viewer.accounts?.has(accountId) ?? true;
}
