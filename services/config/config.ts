import { z } from "zod";

/** Long-running roles, in the order in which they are started. */
export const ROLES = ["gateway", "ingest", "dispatch", "metrics", "scheduler"] as const;
export type Role = (typeof ROLES)[number];

/** A process may serve the web, run roles, or both. */
const PARTS = ["web", ...ROLES] as const;
export type Part = (typeof PARTS)[number];

/** Everything that the process was told from outside. Plain data: workers get a copy. */
export interface Config {
  readonly secretKey: string;
  readonly debug: boolean;
  readonly host: string;
  readonly port: number;
  /** Absent: the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Absent: the stream lives in PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly dataDir: string;
  /** What links and mails point at. */
  readonly publicUrl: string;
  /** What Jasmin calls back: DLRs and MOs. */
  readonly hookUrl: string;
  /** How many reverse proxies in front are believed about the client's address. */
  readonly trustProxy: number;
  readonly parts: readonly Part[];
  /** IANA name of the zone in which times are shown. */
  readonly timeZone: string;
  readonly jasmin: {
    readonly host: string;
    readonly telnetPort: number;
    readonly httpPort: number;
    readonly username: string;
    readonly password: string;
    readonly httpUser: { readonly username: string; readonly password: string } | undefined;
    readonly logDir: string | undefined;
  };
  readonly smtp: {
    readonly host: string;
    readonly port: number;
    readonly username: string | undefined;
    readonly password: string | undefined;
  } | undefined;
  readonly dispatch: {
    /** HTTP requests to `/send` under way at once, per dispatch worker. */
    readonly concurrency: number;
  };
  readonly ingestWorkers: number;
  readonly clocks: {
    /** How long a message may wait for the gateway to take it, in seconds. */
    readonly queueSeconds: number;
    /** How long a receipt is waited for, in seconds; Jasmin forgets its map after `dlr_expiry`. */
    readonly receiptSeconds: number;
  };
}

/** The environment doesn't describe a configuration: one sentence for each fault. */
export class ConfigError extends Error {
  readonly sentences: readonly string[];

  constructor(sentences: readonly string[]) {
    super(sentences.join("\n"));
    this.name = "ConfigError";
    this.sentences = sentences;
  }
}

const port = (fallback: number) =>
  z.coerce.number("must be a port number, 1 to 65535").int("must be a whole number").min(
    1,
    "must be a port number, 1 to 65535",
  ).max(65535, "must be a port number, 1 to 65535").default(fallback);

const seconds = (fallback: number, min: number, max: number) =>
  z.coerce.number("must be a number of seconds").int("must be whole seconds").min(
    min,
    `must be at least ${min} seconds`,
  ).max(max, `must be at most ${max} seconds`).default(fallback);

const count = (fallback: number, max: number) =>
  z.coerce.number(`must be a whole number, 1 to ${max}`).int(`must be a whole number, 1 to ${max}`)
    .min(1, `must be a whole number, 1 to ${max}`).max(max, `must be a whole number, 1 to ${max}`)
    .default(fallback);

const flag = z.enum(["1", "0", "true", "false", "yes", "no"], "must be true or false")
  .default("false").transform((value) => value === "1" || value === "true" || value === "yes");

const urlOf = (protocols: readonly string[], example: string) =>
  z.string().refine((value) => {
    const parsed = URL.parse(value);
    return parsed !== null && protocols.includes(parsed.protocol);
  }, `must be a URL such as ${example}`);

const httpUrl = urlOf(["http:", "https:"], "https://sms.example.com")
  .transform((value) => value.replace(/\/+$/, ""));

const parts = z.string().transform((value, context) => {
  const names = value.split(",").map((name) => name.trim()).filter((name) => name !== "");
  const known = PARTS.filter((part) => names.includes(part));
  const unknown = names.filter((name) => !PARTS.some((part) => part === name));
  if (unknown.length > 0 || known.length === 0) {
    context.addIssue({
      code: "custom",
      message: `must be names out of ${PARTS.join(", ")}, parted by commas${
        unknown.length > 0 ? `; got ${unknown.join(", ")}` : ""
      }`,
    });
    return z.NEVER;
  }
  return known;
});

const environment = z.object({
  SECRET_KEY: z.string(
    "is missing: set 32 or more random characters, such as from openssl rand -hex 32",
  )
    .min(32, "must have at least 32 characters, such as from openssl rand -hex 32"),
  DEBUG: flag,
  HOST: z.string().min(1).default("0.0.0.0"),
  PORT: port(8000),
  DATABASE_URL: urlOf(
    ["postgres:", "postgresql:", "postgresql+asyncpg:"],
    "postgresql://user:password@host:5432/name",
  ).transform((value) => value.replace(/^postgresql\+asyncpg:/, "postgresql:")).optional(),
  REDIS_URL: urlOf(["redis:", "rediss:"], "redis://host:6379").optional(),
  DATA_DIR: z.string().min(1, "must not be empty").default("./data"),
  PUBLIC_URL: httpUrl.optional(),
  HOOK_URL: httpUrl.optional(),
  TRUST_PROXY: z.coerce.number("must be the number of proxies in front, 0 to 10").int().min(0).max(
    10,
  )
    .default(0),
  ROLES: parts.default([...PARTS]),
  TZ: z.string().refine(
    (name) => Intl.supportedValuesOf("timeZone").includes(name) || name === "UTC",
    "must be the IANA name of a time zone, such as Europe/Madrid",
  ).default(Intl.DateTimeFormat().resolvedOptions().timeZone),
  JASMIN_HOST: z.string().min(1, "must not be empty").default("127.0.0.1"),
  JASMIN_TELNET_PORT: port(8990),
  JASMIN_HTTP_PORT: port(1401),
  JASMIN_USERNAME: z.string().min(1, "must not be empty").default("jcliadmin"),
  JASMIN_PASSWORD: z.string("is missing: it is the jcli password, admin_password in jasmin.cfg")
    .min(
      1,
      "is empty: it is the jcli password, admin_password in jasmin.cfg",
    ),
  JASMIN_HTTP_USERNAME: z.string().min(1).max(16, "may have at most 16 characters").optional(),
  JASMIN_HTTP_PASSWORD: z.string().min(1).max(16, "may have at most 16 characters").optional(),
  JASMIN_LOG_DIR: z.string().min(1).optional(),
  SMTP_HOST: z.string().min(1).optional(),
  SMTP_PORT: port(587),
  SMTP_USERNAME: z.string().optional(),
  SMTP_PASSWORD: z.string().optional(),
  DISPATCH_CONCURRENCY: count(32, 512),
  INGEST_WORKERS: count(1, 16),
  QUEUE_TIMEOUT_SECONDS: seconds(172_800, 60, 2_592_000),
  RECEIPT_TIMEOUT_SECONDS: seconds(90_000, 5, 2_592_000),
}).superRefine((value, context) => {
  if ((value.JASMIN_HTTP_USERNAME === undefined) !== (value.JASMIN_HTTP_PASSWORD === undefined)) {
    context.addIssue({
      code: "custom",
      path: [
        value.JASMIN_HTTP_USERNAME === undefined ? "JASMIN_HTTP_USERNAME" : "JASMIN_HTTP_PASSWORD",
      ],
      message: "is missing: the gateway's HTTP user needs both a name and a password",
    });
  }
});

/**
 * Reads the configuration. An empty value counts as absent, as compose files write it.
 * @throws {ConfigError} with one sentence for each wrong or missing value
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return `${name} ${issue.message}`;
    }));
  }
  const value = parsed.data;
  const { JASMIN_HTTP_USERNAME: httpUsername, JASMIN_HTTP_PASSWORD: httpPassword } = value;
  return {
    secretKey: value.SECRET_KEY,
    debug: value.DEBUG,
    host: value.HOST,
    port: value.PORT,
    databaseUrl: value.DATABASE_URL,
    redisUrl: value.REDIS_URL,
    dataDir: value.DATA_DIR,
    publicUrl: value.PUBLIC_URL ?? `http://localhost:${value.PORT}`,
    hookUrl: value.HOOK_URL ?? `http://127.0.0.1:${value.PORT}`,
    trustProxy: value.TRUST_PROXY,
    parts: value.ROLES,
    timeZone: value.TZ,
    jasmin: {
      host: value.JASMIN_HOST,
      telnetPort: value.JASMIN_TELNET_PORT,
      httpPort: value.JASMIN_HTTP_PORT,
      username: value.JASMIN_USERNAME,
      password: value.JASMIN_PASSWORD,
      httpUser: httpUsername !== undefined && httpPassword !== undefined
        ? { username: httpUsername, password: httpPassword }
        : undefined,
      logDir: value.JASMIN_LOG_DIR,
    },
    smtp: value.SMTP_HOST === undefined ? undefined : {
      host: value.SMTP_HOST,
      port: value.SMTP_PORT,
      username: value.SMTP_USERNAME,
      password: value.SMTP_PASSWORD,
    },
    dispatch: { concurrency: value.DISPATCH_CONCURRENCY },
    ingestWorkers: value.INGEST_WORKERS,
    clocks: {
      queueSeconds: value.QUEUE_TIMEOUT_SECONDS,
      receiptSeconds: value.RECEIPT_TIMEOUT_SECONDS,
    },
  };
}

/** A variable of the environment that `loadConfig` reads. */
export interface Variable {
  readonly name: string;
  readonly required: boolean;
  /** What holds when it is absent; undefined where nothing does, or what follows from others. */
  readonly fallback: unknown;
}

/** Every variable that `loadConfig` reads: for the tables that tell of them. */
export function variables(): Variable[] {
  return Object.entries(environment.shape).map(([name, schema]) => {
    const { success, data } = schema.safeParse(undefined);
    return { name, required: !success, fallback: data };
  });
}
