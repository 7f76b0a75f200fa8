import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { id, queryBoolean, timestamp } from "../../fields.ts";

const sessionSchema = z.strictObject({
  id,
  current: z.boolean().meta({ description: "Whether it is the caller's own" }),
  created_at: timestamp,
  last_used_at: timestamp.meta({ description: "Of its last refresh" }),
  expires_at: timestamp,
  ip: z.string().nullable().meta({ description: "Where it began" }),
  last_ip: z.string().nullable(),
  user_agent: z.string().nullable(),
}).meta({ id: "Session" });

export const listSessions = endpoint({
  method: "GET",
  path: "/api/v1/sessions",
  summary: "List one's own sessions, the last used first",
  tags: ["Sessions"],
  permission: "session",
  responses: {
    200: {
      description: "All that stand",
      schema: z.object({ items: z.array(sessionSchema) }).meta({ id: "SessionList" }),
    },
  },
  async handle({ principal, services }) {
    const sessions = await services.profiles.sessions(principal);
    return {
      status: 200,
      body: {
        items: sessions.map((session) => ({
          id: session.id,
          current: session.current,
          created_at: session.createdAt.toISOString(),
          last_used_at: session.lastUsedAt.toISOString(),
          expires_at: session.expiresAt.toISOString(),
          ip: session.ip,
          last_ip: session.lastIp,
          user_agent: session.userAgent,
        })),
      },
    };
  },
});

export const endSession = endpoint({
  method: "DELETE",
  path: "/api/v1/sessions/{id}",
  summary: "End one of one's own sessions",
  tags: ["Sessions"],
  permission: "session",
  params: z.object({ id }),
  responses: { 204: { description: "Ended" } },
  errors: ["not-found"],
  async handle({ ip, params, principal, services }) {
    await services.profiles.endSession({ ip, principal }, params.id);
    return { status: 204 };
  },
});

export const endSessions = endpoint({
  method: "DELETE",
  path: "/api/v1/sessions",
  summary: "Sign out everywhere",
  tags: ["Sessions"],
  permission: "session",
  query: z.object({ keep_current: queryBoolean("Leave the caller's own session").optional() }),
  responses: {
    200: {
      description: "Ended",
      schema: z.strictObject({ ended: z.int() }).meta({ id: "SessionsEnded" }),
    },
  },
  async handle({ ip, principal, query, services }) {
    const ended = await services.profiles.endSessions({ ip, principal }, {
      keepCurrent: query.keep_current ?? false,
    });
    return { status: 200, body: { ended } };
  },
});
