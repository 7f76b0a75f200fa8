/**
 * The variables of the environment in words, and as README and `.env.example` show them. Their names
 * and defaults are those of the configuration's own schema.
 * @module
 */
import type { Variable } from "../../services/config/mod.ts";

/** What a variable is for. */
interface Words {
  readonly meaning: string;
  /** What holds without it, where the schema can't say or says what is true of one machine. */
  readonly without?: string;
}

/** Each under the heading of its group. */
export const VARIABLES: Readonly<Record<string, Readonly<Record<string, Words>>>> = {
  "The service": {
    SECRET_KEY: {
      meaning: "32 or more random characters, such as from `openssl rand -hex 32`. Signs tokens " +
        "and callbacks and encrypts the gateway users' passwords: another key ends all sessions, " +
        "and receipts of messages under way are no longer believed",
    },
    HOST: { meaning: "The address to listen on" },
    PORT: { meaning: "The port to listen on" },
    PUBLIC_URL: {
      meaning: "The address under which people and programs reach the service",
      without: "`http://localhost:PORT`",
    },
    TRUST_PROXY: {
      meaning:
        "How many reverse proxies stand in front: so many entries of `X-Forwarded-For` are " +
        "believed, counted from the end",
    },
    ROLES: {
      meaning: "What this process does. Several processes may share the work over one PostgreSQL " +
        "and one Redis; of `gateway` and `scheduler` one is active and the others stand by",
    },
    TZ: {
      meaning: "The time zone of what is shown, until a user has chosen another, such as " +
        "`Europe/Madrid`",
      without: "the machine's",
    },
    DEBUG: { meaning: "More in the log. Never shows more to those who use the service" },
  },
  "Storage": {
    DATABASE_URL: {
      meaning: "PostgreSQL 12 or later; `postgresql+asyncpg://` is understood too",
      without: "a PostgreSQL of its own under `DATA_DIR`",
    },
    REDIS_URL: {
      meaning: "Redis 6.2 or later, for the live stream; `rediss://` for TLS",
      without: "the stream is a table in PostgreSQL",
    },
    DATA_DIR: { meaning: "Where the PostgreSQL of its own lives" },
  },
  "The gateway": {
    JASMIN_HOST: { meaning: "Where Jasmin is, for jcli and for its HTTP API" },
    JASMIN_TELNET_PORT: { meaning: "The port of jcli" },
    JASMIN_HTTP_PORT: { meaning: "The port of the HTTP API" },
    JASMIN_USERNAME: { meaning: "The administrator's name for jcli" },
    JASMIN_PASSWORD: {
      meaning: "The administrator's password for jcli. `jasmin.cfg` keeps its MD5 only; " +
        "a fresh Jasmin has `jclipwd`",
    },
    HOOK_URL: {
      meaning: "This service as **Jasmin's host** reaches it: receipts and MO messages are " +
        "brought there",
      without: "`http://127.0.0.1:PORT`",
    },
    JASMIN_HTTP_USERNAME: {
      meaning: "A gateway user to send as, made by you. Needs the password too",
      without: "a user `dashboard` is made by jcli, with a password of its own",
    },
    JASMIN_HTTP_PASSWORD: { meaning: "That user's password, 16 characters at most", without: "–" },
    JASMIN_LOG_DIR: { meaning: "Read and checked, but not used yet", without: "–" },
  },
  "Sending": {
    DISPATCH_CONCURRENCY: { meaning: "Requests to the gateway's `/send` under way at once" },
    INGEST_WORKERS: { meaning: "Workers that apply receipts and MO messages" },
    QUEUE_TIMEOUT_SECONDS: {
      meaning: "How long a message may wait for the gateway to take it; then it is `expired`",
    },
    RECEIPT_TIMEOUT_SECONDS: {
      meaning: "How long a receipt is waited for; then the message is `unconfirmed`. Jasmin " +
        "itself forgets after `dlr_expiry`, a day",
    },
  },
  "E-mail": {
    SMTP_HOST: { meaning: "Read and checked, but no e-mail is sent yet", without: "no e-mail" },
    SMTP_PORT: { meaning: "Its port" },
    SMTP_USERNAME: { meaning: "Who signs in there", without: "–" },
    SMTP_PASSWORD: { meaning: "With which password", without: "–" },
  },
};

/** The schema's default as it is written in the environment. */
function fallbackOf({ fallback }: Variable, { without }: Words): string | undefined {
  if (fallback === undefined || without !== undefined) return undefined;
  return Array.isArray(fallback) ? fallback.join(",") : String(fallback);
}

/** @throws {Error} when the words are not those of the schema's variables, all and no others */
function checkNames(variables: readonly Variable[]): void {
  const described = Object.values(VARIABLES).flatMap((group) => Object.keys(group));
  const declared = variables.map(({ name }) => name);
  const faults = [
    ...declared.filter((name) => !described.includes(name)).map((name) => `${name} has no words`),
    ...described.filter((name) => !declared.includes(name)).map((name) => `${name} is not read`),
  ];
  if (faults.length > 0) throw new Error(`tasks/readme/variables.ts: ${faults.join(", ")}`);
}

function* described(variables: readonly Variable[]): Generator<{
  readonly group: string;
  readonly variable: Variable;
  readonly words: Words;
}> {
  checkNames(variables);
  for (const [group, members] of Object.entries(VARIABLES)) {
    for (const [name, words] of Object.entries(members)) {
      const variable = variables.find((each) => each.name === name);
      if (variable !== undefined) yield { group, variable, words };
    }
  }
}

/** README's table. */
export function variablesTable(variables: readonly Variable[]): string {
  const rows = [...described(variables)].map(({ variable, words }) => {
    const fallback = fallbackOf(variable, words);
    const without = variable.required
      ? "**required**"
      : fallback === undefined
      ? words.without ?? "–"
      : `\`${fallback}\``;
    return `| \`${variable.name}\` | ${without} | ${words.meaning} |`;
  });
  return ["| variable | default | meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

const plain = (text: string): string => text.replaceAll(/[`*]/g, "");

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

const HEAD =
  `# Copy this file to .env and fill in what is required, then: deno task --env-file=.env start
# Written by deno task readme. An empty value counts as none.`;

/** `.env.example`: required ones to be filled in, all others commented out with their defaults. */
export function envExample(variables: readonly Variable[]): string {
  const lines = [HEAD];
  let current = "";
  for (const { group, variable, words } of described(variables)) {
    if (group !== current) lines.push("", `## ${group}`);
    current = group;
    const fallback = fallbackOf(variable, words);
    const without = words.without === undefined || words.without === "–"
      ? ""
      : `. Without it: ${words.without}`;
    lines.push("", ...wrap(plain(words.meaning + without), 98).map((line) => `# ${line}`));
    lines.push(variable.required ? `${variable.name}=` : `#${variable.name}=${fallback ?? ""}`);
  }
  return `${lines.join("\n")}\n`;
}
