/**
 * What Redis tells of itself, judged; pure.
 * @see https://redis.io/docs/latest/commands/info/
 * @module
 */
import type { Finding } from "./model.ts";

/** Streams with XAUTOCLAIM and XTRIM MINID came with 6.2. */
const OLDEST_VERSION = [6, 2] as const;

type Told = Readonly<Record<string, string>>;

/** Reads `INFO`: lines `name:value`, sections as comments. */
export function parseInfo(text: string): Told {
  return Object.fromEntries(
    text.split(/\r?\n/).flatMap((line) => {
      const colon = line.indexOf(":");
      return line.startsWith("#") || colon < 1
        ? []
        : [[line.slice(0, colon), line.slice(colon + 1)]];
    }),
  );
}

/** Whether the version has what the stream needs. */
export function judgeVersion(info: Told, tried: string, latency: string): Finding {
  const version = info["redis_version"] ?? "of an unknown version";
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_VERSION;
  const got = `Redis ${version}, answers in ${latency}`;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) {
    return { outcome: "ok", tried, got };
  }
  return { outcome: "fail", tried, got, mend: "Update Redis to 6.2 or later" };
}

/** Whether Redis may throw the stream away to make room. */
export function judgeMemory(info: Told): Finding {
  const tried = "Read maxmemory and maxmemory_policy of INFO memory";
  const policy = info["maxmemory_policy"] ?? "unknown";
  const limit = Number(info["maxmemory"] ?? 0);
  const limited = limit > 0
    ? `at most ${info["maxmemory_human"] ?? `${limit} bytes`}`
    : "no limit of memory";
  const got = `${policy}, ${limited}`;
  if (policy === "noeviction") return { outcome: "ok", tried, got };
  return {
    // What expires is kept for ten minutes anyway; the streams themselves never do.
    outcome: limit > 0 && policy.startsWith("allkeys-") ? "fail" : "warn",
    tried,
    got,
    mend:
      "Set maxmemory-policy noeviction: with another one Redis may drop the stream when memory is short",
  };
}

/**
 * What is on disk, and whether Redis still takes writes.
 * @param save the configured `save`, null when it may not be read
 */
export function judgePersistence(info: Told, save: string | null): Finding {
  const tried = "Read INFO persistence, and save of its configuration";
  const appends = info["aof_enabled"] === "1";
  const snapshots = save === null ? null : save.trim() !== "";
  if (info["loading"] === "1") {
    return {
      outcome: "warn",
      tried,
      got: "Redis is loading its data",
      mend: "Wait until it is done; until then it refuses commands",
    };
  }
  const failed = [
    ...(info["rdb_last_bgsave_status"] === "err" ? ["the last snapshot failed"] : []),
    ...(appends && info["aof_last_write_status"] === "err" ? ["the last append failed"] : []),
  ];
  if (failed.length > 0) {
    return {
      outcome: "fail",
      tried,
      got: `${failed.join(" and ")}, so Redis may refuse writes`,
      mend: "Look at Redis' log: mostly its disk is full or its folder may not be written",
    };
  }
  const kept = [
    ...(appends ? ["an append-only file"] : []),
    ...(snapshots === true ? ["snapshots"] : []),
  ];
  return {
    outcome: "ok",
    tried,
    got: kept.length > 0
      ? `Kept on disk by ${kept.join(" and ")}`
      : snapshots === null
      ? "No append-only file; whether snapshots are made may not be read"
      : "Nothing is kept on disk: after a restart of Redis screens take one snapshot, " +
        "no message is lost",
  };
}
