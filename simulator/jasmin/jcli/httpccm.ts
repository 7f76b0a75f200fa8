/** `httpccm`. */
import type { HttpConnector } from "../gateway/routes.ts";
import type { OptionValues } from "../python/optparse.ts";
import { given, MISSING } from "./given.ts";
import type { JcliSession, SubSession } from "./session.ts";

const KEYS = ["cid", "url", "method"];
const CID = /^[A-Za-z0-9_-]{3,25}$/;
const LABEL = "[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?";
const HOST = `(?:${LABEL}\\.)+(?:[A-Z]{2,6}\\.?|[A-Z0-9-]{2,}\\.?)|localhost|` +
  `\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?[A-F0-9]*:[A-F0-9:]+\\]?`;
const URL_FORM = new RegExp(`^https?://(?:${HOST})(?::\\d+)?(?:/?|[/?]\\S+)$`, "i");

export function runHttpccm(session: JcliSession, values: OptionValues): void {
  if (values["list"]) return list(session);
  if (values["add"]) {
    return session.enter("Adding a new Httpcc: (ok: save, ko: exit)", adding(session));
  }
  const remove = given(values, "remove");
  const cid = remove ?? given(values, "show");
  if (cid === undefined) return session.say(MISSING);
  const connector = session.httpConnectors.get(cid);
  if (connector === undefined) return session.say(`Unknown Httpcc: ${cid}`);
  if (remove !== undefined) {
    session.httpConnectors.delete(cid);
    return session.say(`Successfully removed Httpcc id:${cid}`);
  }
  const { baseurl, method } = connector;
  session.say(`HttpConnector:\ncid = ${cid}\nbaseurl = ${baseurl}\nmethod = ${method}`);
}

function list(session: JcliSession): void {
  const connectors = [...session.httpConnectors.values()];
  const row = (cells: readonly string[]) => {
    const widths = [16, 22, 6, 64];
    session.print(`#${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" ")}`);
  };
  if (connectors.length > 0) row(["Httpcc id", "Type", "Method", "URL"]);
  for (const { cid, method, baseurl } of connectors) {
    row([cid, "HttpConnector", method.toUpperCase(), baseurl]);
  }
  session.say(`Total Httpccs: ${connectors.length}`);
}

function adding(session: JcliSession): SubSession {
  const typed = new Map<string, string>();
  return {
    completions: KEYS,
    take(key, value) {
      if (key === undefined) return session.say();
      if (key === "ok") {
        if (typed.size < KEYS.length) {
          return session.say(`You must set these options before saving: ${KEYS.join(", ")}`);
        }
        const connector: HttpConnector = {
          cid: typed.get("cid") ?? "",
          baseurl: typed.get("url") ?? "",
          method: typed.get("method") ?? "",
        };
        const fault = check(connector);
        if (fault !== undefined) return session.say(`Error: HttpConnector ${fault}`);
        session.httpConnectors.set(connector.cid, connector);
        session.print(`Successfully added Httpcc [HttpConnector] with cid:${connector.cid}`);
        return session.leave();
      }
      if (!KEYS.includes(key)) return session.say(`Unknown Httpcc key: ${key}`);
      typed.set(key, value);
      session.say();
    },
  };
}

function check({ cid, baseurl, method }: HttpConnector): string | undefined {
  if (!CID.test(cid)) return "cid syntax is invalid";
  if (!/^(?:get|post)$/i.test(method)) return "method syntax is invalid, must be GET or POST";
  return URL_FORM.test(baseurl) ? undefined : "url syntax is invalid";
}
