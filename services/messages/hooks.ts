/**
 * Callbacks of the gateway, as routes take them: checked, kept, and only then acknowledged.
 * @module
 */
import { GroupCommit, isConnectionError, type Sql } from "../db/mod.ts";
import { NotFoundError, UnavailableError } from "../errors/mod.ts";
import { keepCallbacks, type NewCallback } from "./callbacks.ts";
import type { HookSigner } from "./hook_signature.ts";

/** The fields that Jasmin sends (routing/throwers.py); what else is in a request is not kept. */
const DLR_FIELDS = [
  "id",
  "level",
  "message_status",
  "connector",
  "id_smsc",
  "sub",
  "dlvrd",
  "subdate",
  "donedate",
  "err",
  "text",
] as const;
const MO_FIELDS = [
  "id",
  "from",
  "to",
  "origin-connector",
  "priority",
  "coding",
  "validity",
  "binary",
] as const;

/** The subject that signs the MO callback's URL. */
const MO_SUBJECT = "mo";

/** Jasmin waits 30 s for the acknowledgement (`http_timeout`), so a database that is away for less
 * costs no callback one of its four tries. */
const PATIENCE_MS = 25_000;
const RETRY_MS = 250;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Takes callbacks in, and tells the gateway where to call. */
export interface Hooks {
  /** The URL that a message's DLRs are asked to. */
  dlrUrl(messageId: string): Promise<string>;
  /** The URL for the MO connector of the gateway. */
  moUrl(): Promise<string>;
  /**
   * Keeps a DLR; returns when it is durable.
   * @throws {NotFoundError} when the signature is not the message's
   * @throws {UnavailableError} when the database did not take it in time
   */
  dlr(messageId: string, signature: string, fields: URLSearchParams): Promise<void>;
  /** Keeps an MO, likewise. */
  mo(signature: string, fields: URLSearchParams): Promise<void>;
}

/** A data coding above 127 that came as one byte, which no UTF-8 text has: GSM-7 with a class. */
const CODING_WITH_CLASS = 0xf0;

/**
 * Jasmin writes an MO's data coding as one raw byte, `%08` for 8 (recorded in
 * tests/jasmin/transcripts/http-mo.txt); digits are understood as well.
 */
export function codingOf(value: string): number {
  if (/^\d{1,3}$/.test(value)) return Number(value);
  const code = value.codePointAt(0) ?? 0;
  return code < 0x80 ? code : CODING_WITH_CLASS;
}

/** The known fields of a callback, without NUL, which PostgreSQL's text can't hold. */
export function knownFields(
  fields: URLSearchParams,
  known: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    known.flatMap((name) => {
      const value = fields.get(name);
      if (value === null) return [];
      const text = name === "coding" ? String(codingOf(value)) : value;
      return [[name, text.replaceAll("\0", "\uFFFD")]];
    }),
  );
}

async function keepPatiently(sql: Sql, callbacks: readonly NewCallback[]): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (true) {
    try {
      return await keepCallbacks(sql, callbacks);
    } catch (error) {
      if (!isConnectionError(error)) throw error;
      if (performance.now() > deadline) {
        throw new UnavailableError("The database did not take the callback in time", {
          cause: error,
        });
      }
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** @param hookUrl where the gateway reaches this service, without a trailing slash */
export function createHooks(
  { sql, signer, hookUrl }: {
    readonly sql: Sql;
    readonly signer: HookSigner;
    readonly hookUrl: string;
  },
): Hooks {
  const kept = new GroupCommit<NewCallback>((callbacks) => keepPatiently(sql, callbacks));
  return {
    dlrUrl: async (messageId) =>
      `${hookUrl}/hooks/jasmin/dlr/${messageId}/${await signer.sign(messageId)}`,
    moUrl: async () => `${hookUrl}/hooks/jasmin/mo/${await signer.sign(MO_SUBJECT)}`,
    async dlr(messageId, signature, fields) {
      if (!UUID.test(messageId) || !await signer.verify(messageId, signature)) {
        throw new NotFoundError("There is no such callback address");
      }
      await kept.add({ kind: "dlr", messageId, payload: knownFields(fields, DLR_FIELDS) });
    },
    async mo(signature, fields) {
      if (!await signer.verify(MO_SUBJECT, signature)) {
        throw new NotFoundError("There is no such callback address");
      }
      await kept.add({ kind: "mo", messageId: null, payload: knownFields(fields, MO_FIELDS) });
    },
  };
}
