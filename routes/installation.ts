/**
 * What the entry point built for the routes. The app is made when its module is loaded, as Fresh
 * wants it; what it serves with comes with the start of the service.
 * @module
 */
import { UnavailableError } from "../services/errors/mod.ts";
import type { Services } from "./services.ts";

/** The parts of a running service that routes need. */
export interface Installation {
  readonly services: Services;
  /** How many proxies in front are believed. */
  readonly trustProxy: number;
  /** What browsers call this service, without a trailing slash. */
  readonly publicUrl: string;
  /** The IANA name of the zone that times are shown in. */
  readonly timeZone: string;
  /** Whether the gateway is simulated: pages say so. */
  readonly simulated: boolean;
}

let current: Installation | undefined;

/** Gives the routes what they serve with. */
export function install(installation: Installation): void {
  current = installation;
}

/** @throws {UnavailableError} before `install` */
export function installation(): Installation {
  if (current === undefined) throw new UnavailableError("The service is starting");
  return current;
}
