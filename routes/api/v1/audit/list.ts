import { z } from "zod";
import type { AuditEntry } from "../../../../services/audit/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { id, instant, timestamp } from "../../fields.ts";
import { keyOfCursor, pageFrom, pageOf, pageQuery } from "../../page.ts";

const entrySchema = z.strictObject({
  seq: z.int().meta({ description: "Its number in the chain" }),
  id,
  at: timestamp,
  account_id: id.nullable().meta({ description: "Null when it concerns the installation" }),
  actor_id: id.nullable().meta({ description: "The user; null for the system and command line" }),
  actor: z.string().nullable().meta({ description: "As it was called then; null once erased" }),
  ip: z.string().nullable(),
  action: z.string().meta({ example: "user.update" }),
  subject_type: z.string().meta({ example: "user" }),
  subject_id: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
}).meta({ id: "AuditEntry" });

/** Within the 64 bits that a number in the chain has. */
const seqKey = z.string().regex(/^[1-9]\d{0,17}$/);

export const listAudit = endpoint({
  method: "GET",
  path: "/api/v1/audit",
  summary: "List who did what, newest first",
  tags: ["Audit"],
  permission: "audit:read",
  query: z.object({
    ...pageQuery,
    actor_id: id.optional(),
    action: z.string().min(1).max(80).optional().meta({
      description: "An action, or with a dot at its end all that begin so: `user.`",
    }),
    subject_type: z.string().min(1).max(40).optional(),
    subject_id: z.string().min(1).max(120).optional(),
    from: instant.optional().meta({ description: "From this moment on" }),
    before: instant.optional().meta({ description: "Before this moment" }),
  }),
  responses: { 200: { description: "A page", schema: pageOf(entrySchema, "AuditPage") } },
  async handle({ query, scope, services }) {
    const { action, actor_id, before, cursor, from, limit, subject_id, subject_type } = query;
    const entries = await services.audit.list(scope, {
      limit: limit + 1,
      ...(cursor === undefined ? {} : { before: BigInt(keyOfCursor(cursor, seqKey)) }),
      ...(action === undefined ? {} : { action }),
      ...(actor_id === undefined ? {} : { actorId: actor_id }),
      ...(subject_type === undefined ? {} : { subjectType: subject_type }),
      ...(subject_id === undefined ? {} : { subjectId: subject_id }),
      ...(from === undefined ? {} : { since: from }),
      ...(before === undefined ? {} : { until: before }),
    });
    return { status: 200, body: pageFrom(entries, limit, ({ seq }) => `${seq}`, showEntry) };
  },
});

function showEntry(entry: AuditEntry): z.input<typeof entrySchema> {
  return {
    seq: Number(entry.seq),
    id: entry.id,
    at: entry.at.toISOString(),
    account_id: entry.accountId,
    actor_id: entry.actorId,
    actor: entry.actorLabel,
    ip: entry.ip,
    action: entry.action,
    subject_type: entry.subjectType,
    subject_id: entry.subjectId,
    before: entry.before,
    after: entry.after,
  };
}
