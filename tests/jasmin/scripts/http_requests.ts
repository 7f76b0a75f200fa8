/** Parts that the scripts of the HTTP API are made of. */

import type { HttpStep, Step } from "../script.ts";

/** Parameters of a request. */
export type Fields = Readonly<Record<string, string>>;

/** The user's credentials. */
export const WHO = { username: "alice", password: "secret" };

const query = (fields: Fields): string => `${new URLSearchParams(fields)}`;

/** A GET request with a query. */
export const get = (path: string, fields: Fields = {}): HttpStep => ({
  http: `GET ${path}${Object.keys(fields).length === 0 ? "" : `?${query(fields)}`}`,
});

/** `/send` by GET. */
export const send = (fields: Fields): HttpStep => get("/send", { ...WHO, ...fields });

/** A form that is posted. */
export const form = (path: string, fields: Fields): HttpStep => ({
  http: `POST ${path}`,
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: query(fields),
});

/** `/send` with a JSON body. */
export const json = (
  fields: Readonly<Record<string, unknown>>,
  type = "application/json",
): HttpStep => ({
  http: "POST /send",
  headers: { "Content-Type": type },
  // ASCII only, as one character of a script is one byte.
  body: JSON.stringify(fields).replace(
    /[\u0080-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
});

/** Changes of the user. */
export const user = (...lines: string[]): Step[] => ["user -u u1", ...lines, "ok"];

/** A group and a user. */
export const USER: readonly Step[] = [
  "group -a",
  "gid g1",
  "ok",
  "user -a",
  "uid u1",
  "gid g1",
  "username alice",
  "password secret",
  "ok",
];

/** A connector to the SMSC. */
export const CONNECTOR: readonly Step[] = [
  "smppccm -a",
  "cid op_1",
  "host 127.0.0.1",
  "port {{smscPort}}",
  "submit_throughput 0",
  "requeue_delay 1",
  "ok",
];

/** A default route to the connector. */
export const ROUTE: readonly Step[] = [
  "mtrouter -a",
  "type DefaultRoute",
  "connector smppc(op_1)",
  "rate 0",
  "ok",
];

const BOUND: readonly Step[] = [
  "smppccm -1 op_1",
  { until: "BOUND_TRX", line: "smppccm -l" },
];

/** All of it, with the connector bound. */
export const READY: readonly Step[] = [{ login: "a" }, ...USER, ...CONNECTOR, ...ROUTE, ...BOUND];

const DLR = { to: "34600000001", content: "hi", "dlr-url": "http://127.0.0.1:{{hookPort}}/dlr" };

/** `/send` that asks for a DLR. `{{hookPort}}` stays as it is, to be filled in later. */
export const dlr = (fields: Fields): HttpStep => {
  const step = send({ ...DLR, ...fields });
  return { ...step, http: step.http.replaceAll("%7B%7BhookPort%7D%7D", "{{hookPort}}") };
};

/** A message. */
export const TO = { to: "34600000001", content: "hi" };
