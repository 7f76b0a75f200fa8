/**
 * The OpenAPI document, from the declarations alone: equal declarations give an equal document.
 * @see https://spec.openapis.org/oas/v3.1.0
 * @module
 */
import { OpenApiGeneratorV31, OpenAPIRegistry } from "@asteasolutions/zod-to-openapi";
import type { Endpoint } from "./endpoint.ts";
import { type ProblemKind, PROBLEMS, problemSchema } from "./problem.ts";

export type OpenApiDocument = ReturnType<OpenApiGeneratorV31["generateDocument"]>;
type Responses = Parameters<OpenAPIRegistry["registerPath"]>[0]["responses"];

export interface About {
  /** Of the program. */
  readonly version: string;
  /** Where the installation is reached from outside, without a path. */
  readonly publicUrl: string;
}

const DESCRIPTION = `Everything that the pages do, for programs.

Sign in by \`POST /api/v1/auth/login\` and send \`Authorization: Bearer <access_token>\`, or make an API
key and send it so or in \`X-API-Key\`. Errors are problem details (RFC 9457): \`type\` names the kind
for programs, \`errors\` each fault of the input. \`RateLimit\` tells what is left; a 429 or 503 says
in \`Retry-After\` when to come back, and a 402 is not mended by waiting. Unknown keys of a body or
query are refused.`;

/** OpenAPI 3.1 of the endpoints, sorted by path and method. */
export function openApiDocument(endpoints: readonly Endpoint[], about: About): OpenApiDocument {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  registry.registerComponent("securitySchemes", "apiKey", {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
    description: "An API key; Authorization: Bearer takes it too",
  });
  for (const kind of kinds()) {
    registry.registerComponent("responses", componentOf(kind), {
      description: PROBLEMS[kind].title,
      content: {
        "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } },
      },
    });
  }
  for (const endpoint of endpoints.toSorted(inOrder)) registerEndpoint(registry, endpoint);

  const document = new OpenApiGeneratorV31([
    ...registry.definitions,
    { type: "schema", schema: problemSchema },
  ]).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "Jasmin Dashboard",
      version: about.version,
      description: DESCRIPTION,
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: about.publicUrl }],
    security: [{ bearer: [] }, { apiKey: [] }],
    tags: [...new Set(endpoints.flatMap((each) => each.tags))].sort().map((name) => ({ name })),
  });
  const { schemas = {} } = document.components ?? {};
  document.components = {
    ...document.components,
    schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => a < b ? -1 : 1)),
  };
  return document;
}

function registerEndpoint(registry: OpenAPIRegistry, endpoint: Endpoint): void {
  const { body, description, example, headers, params, permission, query } = endpoint;
  const media = example === undefined ? {} : { example };
  registry.registerPath({
    method: methodOf(endpoint),
    path: endpoint.path,
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    ...(description === undefined ? {} : { description }),
    tags: [...endpoint.tags],
    ...(permission === "public" ? { security: [] } : {}),
    ...(permission === "session" ? { security: [{ bearer: [] }] } : {}),
    "x-permission": permission,
    request: {
      ...(params === undefined ? {} : { params }),
      ...(query === undefined ? {} : { query }),
      ...(headers === undefined ? {} : { headers }),
      ...(body === undefined ? {} : {
        body: {
          required: !body.safeParse(undefined).success,
          content: { "application/json": { schema: body, ...media } },
        },
      }),
    },
    responses: responsesOf(endpoint),
  });
}

/** A body that is no JSON. */
const TEXT = { type: "string" } as const;

function responsesOf(endpoint: Endpoint): Responses {
  const responses: Responses = {};
  for (const [status, declared] of Object.entries(endpoint.responses)) {
    const { description, example, schema, text } = declared;
    const media = example === undefined ? {} : { example };
    const other = text === undefined ? {} : { [text]: { schema: TEXT } };
    responses[status] = schema === undefined
      ? { description }
      : { description, content: { "application/json": { schema, ...media }, ...other } };
  }
  for (const kind of problemsOf(endpoint)) {
    responses[PROBLEMS[kind].status] = { $ref: `#/components/responses/${componentOf(kind)}` };
  }
  return responses;
}

/** Every kind of failure that the endpoint may answer with. */
export function problemsOf(endpoint: Endpoint): ProblemKind[] {
  const { body, errors, params, permission } = endpoint;
  const found = new Set<ProblemKind>([...errors, "internal", "rate-limited", "unavailable"]);
  found.add("validation"); // an unknown query key, at least
  if (body !== undefined || params !== undefined) found.add("malformed-request");
  if (body !== undefined) found.add("too-large").add("unsupported-media-type");
  if (permission !== "public") found.add("unauthenticated");
  // A session is refused to API keys.
  if (permission !== "public" && permission !== "signed-in") found.add("forbidden");
  return [...found].sort();
}

/** `POST /api/v1/messages/{id}/cancel` is `postMessagesByIdCancel`. */
function operationId({ method, path }: Endpoint): string {
  const words = path.replace(/^\/api\/(v\d+\/)?/, "").replaceAll("{", "by-").split(/[^a-z0-9]+/);
  const capitalised = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return method.toLowerCase() + capitalised.join("");
}

function methodOf(endpoint: Endpoint): "get" | "post" | "put" | "patch" | "delete" {
  const methods = {
    GET: "get",
    POST: "post",
    PUT: "put",
    PATCH: "patch",
    DELETE: "delete",
  } as const;
  return methods[endpoint.method];
}

function inOrder(left: Endpoint, right: Endpoint): number {
  if (left.path !== right.path) return left.path < right.path ? -1 : 1;
  return left.method < right.method ? -1 : 1;
}

function kinds(): ProblemKind[] {
  // Object.keys() is typed string[]; these are the keys of a literal that nothing extends.
  return Object.keys(PROBLEMS) as ProblemKind[];
}

/** `not-found` is `NotFound`. */
function componentOf(kind: ProblemKind): string {
  return kind.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
