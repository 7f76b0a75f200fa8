/**
 * The gateway's HTTP API: does it answer, what time has it, does it take the users that are sent as.
 * @module
 */
import {
  type GatewayCredentials,
  resolveGatewayUser,
  type SecretBox,
  secretBox,
} from "../accounts/mod.ts";
import type { Sql } from "../db/mod.ts";
import { UnauthenticatedError } from "../errors/mod.ts";
import type { Balance } from "../gateway/mod.ts";
import { onDatabase } from "./database.ts";
import type { Check, Finding } from "./model.ts";
import type { Surroundings } from "./surroundings.ts";
import { connectionFailure, countOf, duration, messageOf, urlHost } from "./words.ts";

const PING_MS = 6_000;

/** `Date` has whole seconds, and a second may pass on the way. */
const DATE_GRAIN_MS = 1_000;
const SKEW_WARN_MS = 5_000;

/** More are not asked at once: each is a login on the gateway's one thread. */
const MOST_USERS = 50;

const HTTP_MEND =
  "Start jasmind, or correct JASMIN_HOST and JASMIN_HTTP_PORT (1401 unless port of " +
  "[http-api] in jasmin.cfg says otherwise)";

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly date: string | null;
  /** Before the request left and after the answer came. */
  readonly between: readonly [number, number];
}

function apiUrl(at: Surroundings, path: string): string {
  const { host, httpPort } = at.config.jasmin;
  return `http://${urlHost(host)}:${httpPort}${path}`;
}

/** `/ping`, also for its `Date`. Not over the service's own client, which keeps no headers. */
async function pingGateway(at: Surroundings): Promise<Answer> {
  const before = at.now();
  const response = await fetch(apiUrl(at, "/ping"), {
    signal: AbortSignal.timeout(PING_MS),
    redirect: "manual",
  });
  const body = (await response.text()).slice(0, 200);
  const between = [before, at.now()] as const;
  return { status: response.status, body, date: response.headers.get("date"), between };
}

export const gatewayPing: Check = {
  id: "gateway-http",
  title: "The gateway's HTTP API answers",
  async run(at) {
    const tried = `Asked ${apiUrl(at, "/ping")}`;
    let answer: Answer;
    try {
      answer = await pingGateway(at);
    } catch (error) {
      return { outcome: "fail", tried, got: connectionFailure(error), mend: HTTP_MEND };
    }
    const [before, after] = answer.between;
    if (answer.status === 200 && answer.body.trim() === "Jasmin/PONG") {
      return { outcome: "ok", tried, got: `Jasmin/PONG in ${duration(after - before)}` };
    }
    return {
      outcome: "fail",
      tried,
      got: `HTTP ${answer.status}, and not Jasmin's words: another program is there`,
      mend: "Correct JASMIN_HOST and JASMIN_HTTP_PORT; a proxy in front must pass /ping, /send, " +
        "/balance and /metrics",
    };
  },
};

export const gatewayClock: Check = {
  id: "clock-gateway",
  title: "The gateway's clock and this machine's agree",
  async run(at) {
    const tried = "Compared the Date of the HTTP API's answer with the time here";
    let answer: Answer;
    try {
      answer = await pingGateway(at);
    } catch {
      return { outcome: "skipped", tried, got: "The HTTP API can't be asked" };
    }
    const told = answer.date === null ? Number.NaN : Date.parse(answer.date);
    if (Number.isNaN(told)) return { outcome: "skipped", tried, got: "The answer has no Date" };
    // The instant that the header stands for lies within a second after it.
    const [before, after] = answer.between;
    const ahead = told - after;
    const behind = before - (told + DATE_GRAIN_MS);
    const skew = Math.max(ahead, behind, 0);
    if (skew <= SKEW_WARN_MS) {
      return { outcome: "ok", tried, got: `No difference beyond ${duration(SKEW_WARN_MS)}` };
    }
    return {
      outcome: "warn",
      tried,
      got: `The gateway is ${duration(skew)} ${ahead > behind ? "ahead" : "behind"}`,
      mend:
        "Set both clocks by NTP: date and time filters, and the times in receipts and logs, are " +
        "the gateway's",
    };
  },
};

export const gatewayMetrics: Check = {
  id: "metrics",
  title: "The gateway tells its counters",
  async run(at) {
    const tried = `Read ${apiUrl(at, "/metrics")}`;
    try {
      const { connectors } = await at.traffic.metrics();
      return {
        outcome: "ok",
        tried,
        got: `Counters of ${countOf(connectors.size, "connector")}`,
      };
    } catch (error) {
      const words = messageOf(error);
      const mend = /HTTP 404/.test(words)
        ? "Use Jasmin 0.11.0 or later: older packages have no /metrics; a proxy in front must pass it"
        : HTTP_MEND;
      return { outcome: "fail", tried, got: words, mend };
    }
  },
};

/** One user's answer. */
type UserFinding = Pick<Finding, "outcome" | "got" | "mend">;

function creditOf({ balance, smsCount }: Balance): string {
  const parts = [
    balance === null ? "unlimited balance" : `balance ${balance}`,
    ...(smsCount === null ? [] : [countOf(smsCount, "message")]),
  ];
  return parts.join(", ");
}

async function askUser(
  at: Surroundings,
  sql: Sql,
  box: SecretBox,
  accountId: string,
): Promise<UserFinding> {
  let login: GatewayCredentials | undefined;
  try {
    login = await resolveGatewayUser(sql, box, accountId);
  } catch (error) {
    return {
      outcome: "fail",
      got: messageOf(error),
      mend: "Set SECRET_KEY to the one of before, or enter the gateway user's password again",
    };
  }
  if (login === undefined) return { outcome: "skipped", got: "The account was changed meanwhile" };
  at.secrets.add(login.password);
  const name = login.username;
  try {
    const balance = await at.traffic.balance(login);
    const got = `${name}: ${creditOf(balance)}`;
    const spent = (balance.balance ?? 1) <= 0 || (balance.smsCount ?? 1) <= 0;
    if (!spent) return { outcome: "ok", got };
    return {
      outcome: "warn",
      got,
      mend: `Raise the quota of ${name} on the gateway: it refuses each message (user -u, ` +
        "mt_messaging_cred quota)",
    };
  } catch (error) {
    return {
      outcome: "fail",
      got: `${name}: ${messageOf(error)}`,
      mend: error instanceof UnauthenticatedError
        ? `Enable ${name} and its group on the gateway, or put its password right there (user -u ` +
          "UID, password) or in JASMIN_HTTP_PASSWORD; if it is gone, restart the service, which " +
          "makes its own user again"
        : HTTP_MEND,
    };
  }
}

const RANK = { fail: 3, warn: 2, skipped: 1, ok: 0 } as const;

/** The findings of all users as one: the worst outcome, everybody's words, each mend once. */
export function joinFindings(findings: readonly UserFinding[], tried: string): Finding {
  const outcome = findings.reduce<UserFinding["outcome"]>(
    (worst, { outcome }) => RANK[outcome] > RANK[worst] ? outcome : worst,
    "ok",
  );
  const told = findings.filter((each) => outcome === "ok" || each.outcome !== "ok");
  const mends = [...new Set(findings.flatMap(({ mend }) => mend === undefined ? [] : [mend]))];
  return {
    outcome,
    tried,
    got: told.map(({ got }) => got).join("; "),
    ...(mends.length === 0 ? {} : { mend: mends.join(". ") }),
  };
}

export const gatewayUsers: Check = {
  id: "gateway-users",
  title: "The gateway takes the users that are sent as",
  deadlineMs: 20_000,
  async run(at) {
    const tried = "Asked /balance as each gateway user that accounts send as";
    return await onDatabase(at, tried, async (sql) => {
      const owners = await sql<{ id: string }[]>`
        select distinct on (gateway_user_id) id from accounts
        where gateway_user_id is not null and status <> 'closed'
        order by gateway_user_id, id limit ${MOST_USERS}`;
      const [without] = await sql<{ count: number }[]>`
        select count(*)::int as count from accounts own
        where own.status = 'active' and not exists (
          select from accounts up where up.id = any(own.path) and up.gateway_user_id is not null)`;
      const box = secretBox(at.config.secretKey);
      const findings = await Promise.all(owners.map(({ id }) => askUser(at, sql, box, id)));
      const count = without?.count ?? 0;
      const mend = "Start the service: its role gateway makes the user dashboard, or takes " +
        "JASMIN_HTTP_USERNAME and JASMIN_HTTP_PASSWORD";
      if (count > 0) {
        findings.push({
          outcome: "fail",
          got: `${countOf(count, "account")} without a gateway user to send as`,
          mend,
        });
      } else if (owners.length === 0) {
        findings.push({
          outcome: "warn",
          got: "There is no account and no gateway user yet",
          mend,
        });
      }
      return joinFindings(findings, tried);
    });
  },
};
