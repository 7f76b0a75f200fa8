/**
 * `/metrics`: Prometheus text (exposition format 0.0.4) into the gateway's counters.
 * @module
 */
import { UnavailableError } from "../../../errors/mod.ts";
import type { ConnectorCounters, GatewayMetrics } from "../../model.ts";

const NAMES = {
  connected: "connected_count",
  disconnected: "disconnected_count",
  bound: "bound_count",
  submitRequests: "submit_sm_request_count",
  submits: "submit_sm_count",
  delivers: "deliver_sm_count",
  dataSms: "data_sm_count",
  elinks: "elink_count",
  throttlingErrors: "throttling_error_count",
  otherErrors: "other_submit_error_count",
  interceptions: "interceptor_count",
  interceptorErrors: "interceptor_error_count",
} as const satisfies Record<keyof ConnectorCounters, string>;

const SAMPLE = /^([a-z]+)_(\w+)(?:\{cid="([^"\\]*)"\})? (\S+)$/;

/**
 * Reads the counters. Families of other names are left alone.
 * @throws {UnavailableError} when a line is no sample, or a connector lacks a counter
 */
export function parseMetrics(text: string): GatewayMetrics {
  const connectors = new Map<string, Map<string, number>>();
  const http: Record<string, number> = {};
  const smpps: Record<string, number> = {};
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, family, name, cid, written = ""] = SAMPLE.exec(line) ?? [];
    const value = Number(written);
    if (family === undefined || name === undefined || !Number.isFinite(value)) {
      throw new UnavailableError(`The gateway's metrics have a line that is no sample: ${line}`);
    }
    if (family === "httpapi") http[name] = value;
    if (family === "smppsapi") smpps[name] = value;
    if (family === "smppc" && cid !== undefined) {
      const counters = connectors.get(cid) ?? new Map<string, number>();
      counters.set(name, value);
      connectors.set(cid, counters);
    }
  }
  return {
    http,
    smpps,
    connectors: new Map([...connectors].map(([cid, counters]) => [cid, named(cid, counters)])),
  };
}

function named(cid: string, counters: ReadonlyMap<string, number>): ConnectorCounters {
  const take = (key: keyof ConnectorCounters): number => {
    const value = counters.get(NAMES[key]);
    if (value === undefined) {
      throw new UnavailableError(`The gateway's metrics lack ${NAMES[key]} of connector ${cid}`);
    }
    return value;
  };
  return {
    connected: take("connected"),
    disconnected: take("disconnected"),
    bound: take("bound"),
    submitRequests: take("submitRequests"),
    submits: take("submits"),
    delivers: take("delivers"),
    dataSms: take("dataSms"),
    elinks: take("elinks"),
    throttlingErrors: take("throttlingErrors"),
    otherErrors: take("otherErrors"),
    interceptions: take("interceptions"),
    interceptorErrors: take("interceptorErrors"),
  };
}
