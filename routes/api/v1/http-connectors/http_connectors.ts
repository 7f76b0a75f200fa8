import { z } from "zod";
import { can, type Principal } from "../../../../services/auth/mod.ts";
import {
  HttpConnector,
  maskedUrl,
  type UsedHttpConnector,
} from "../../../../services/gateway/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { queryBoolean } from "../../fields.ts";
import { cidParams } from "../connectors/schemas.ts";

const url = z.string().meta({
  description: "Without what follows the host, for who may not change it: it may have a token",
});

const schema = z.strictObject({
  cid: z.string(),
  url,
  method: z.enum(["GET", "POST"]),
  routes: z.array(z.int()).meta({ description: "Orders of the MO routes that have a copy of it" }),
}).meta({ id: "HttpConnector" });

function show(
  principal: Principal,
  { cid, method, url, routes }: UsedHttpConnector,
): z.input<typeof schema> {
  return {
    cid,
    method,
    url: can(principal, "connectors:write") ? url : maskedUrl(url),
    routes: routes.map(({ order }) => order),
  };
}

export const listHttpConnectors = endpoint({
  method: "GET",
  path: "/api/v1/http-connectors",
  summary: "List the HTTP client connectors, which bring MO messages to applications",
  tags: ["HTTP connectors"],
  permission: "connectors:read",
  responses: {
    200: {
      description: "As the gateway has them now",
      schema: z.strictObject({ items: z.array(schema) }).meta({ id: "HttpConnectorList" }),
    },
  },
  errors: ["unavailable"],
  async handle({ principal, services }) {
    const items = await services.httpConnectors.list();
    return { status: 200, body: { items: items.map((each) => show(principal, each)) } };
  },
});

export const createHttpConnector = endpoint({
  method: "POST",
  path: "/api/v1/http-connectors",
  summary: "Add an HTTP client connector",
  description: "One of the same id is never replaced. It is persisted at once.",
  tags: ["HTTP connectors"],
  permission: "connectors:write",
  body: HttpConnector,
  example: { cid: "crm", url: "https://crm.example.com/sms/mo", method: "POST" },
  responses: { 201: { description: "The connector", schema } },
  errors: ["conflict", "unavailable"],
  async handle({ body, principal, ip, services }) {
    const operator = { userId: principal.userId, ip };
    const made = await services.httpConnectors.create(body, operator);
    return { status: 201, body: { ...made, routes: [] } };
  },
});

export const removeHttpConnector = endpoint({
  method: "DELETE",
  path: "/api/v1/http-connectors/{cid}",
  summary: "Delete an HTTP client connector",
  description: "One that MO routes have a copy of is refused: they would go on with the copy.",
  tags: ["HTTP connectors"],
  permission: "connectors:write",
  params: cidParams,
  query: z.strictObject({
    even_if_used: queryBoolean("Delete it although routes have a copy of it").optional(),
  }),
  responses: { 204: { description: "It is gone" } },
  errors: ["not-found", "conflict", "unavailable"],
  async handle({ params, query, principal, ip, services }) {
    const operator = { userId: principal.userId, ip };
    await services.httpConnectors.remove(params.cid, query.even_if_used ?? false, operator);
    return { status: 204 };
  },
});

export const testHttpConnector = endpoint({
  method: "POST",
  path: "/api/v1/http-connectors/{cid}/test",
  summary: "Call an HTTP connector's address once, and see what it answers",
  description: "Called from here and not from the gateway, with an MO message from 00000 to 00000.",
  tags: ["HTTP connectors"],
  permission: "connectors:write",
  params: cidParams,
  responses: {
    200: {
      description: "What came of it, within 10 s",
      schema: z.strictObject({
        status: z.int().nullable().meta({ description: "Null: nothing answered" }),
        body: z.string().nullable().meta({ description: "Its beginning" }),
        acknowledged: z.boolean().meta({
          description: "Whether the gateway would take it for ACK/Jasmin; else it calls again",
        }),
        took_ms: z.int(),
        error: z.string().nullable(),
      }).meta({ id: "HttpConnectorAnswer" }),
    },
  },
  errors: ["not-found", "unavailable"],
  async handle({ params, principal, ip, services }) {
    const operator = { userId: principal.userId, ip };
    const answer = await services.httpConnectors.test(params.cid, operator);
    return {
      status: 200,
      body: answer.kind === "answered"
        ? {
          status: answer.status,
          body: answer.body,
          acknowledged: answer.acknowledged,
          took_ms: answer.tookMs,
          error: null,
        }
        : {
          status: null,
          body: null,
          acknowledged: false,
          took_ms: answer.tookMs,
          error: answer.reason,
        },
    };
  },
});
