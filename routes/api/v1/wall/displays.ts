import { z } from "zod";
import { newWallSchema, wallChangeSchema } from "../../../../services/wall/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { showWall, wallParams, wallSchema } from "./schemas.ts";

export const createWall = endpoint({
  method: "POST",
  path: "/api/v1/walls",
  summary: "Make a wall display: a page that needs no sign-in, behind a secret address",
  description: "The address is told this once. Whoever has it sees figures, connectors and alerts.",
  tags: ["Wall displays"],
  permission: "walls:write",
  body: newWallSchema,
  example: { name: "Operations room", panels: ["figures", "connectors", "alerts"] },
  responses: {
    201: {
      description: "The display with its address",
      schema: z.strictObject({
        display: wallSchema,
        path: z.string().meta({
          description: "Below the service's own address",
          example: "/wall/wd_…",
        }),
      }).meta({ id: "NewWallDisplay" }),
    },
  },
  async handle({ body, principal, ip, services }) {
    const { display, token } = await services.walls.create(body, { principal, ip });
    return { status: 201, body: { display: showWall(display), path: `/wall/${token}` } };
  },
});

export const listWalls = endpoint({
  method: "GET",
  path: "/api/v1/walls",
  summary: "List wall displays, those that stand first",
  tags: ["Wall displays"],
  permission: "walls:read",
  responses: {
    200: {
      description: "500 at most",
      schema: z.strictObject({ items: z.array(wallSchema) }).meta({ id: "WallDisplayList" }),
    },
  },
  async handle({ scope, services }) {
    return { status: 200, body: { items: (await services.walls.list(scope)).map(showWall) } };
  },
});

export const updateWall = endpoint({
  method: "PATCH",
  path: "/api/v1/walls/{id}",
  summary: "Change a wall display's name, panels or theme",
  tags: ["Wall displays"],
  permission: "walls:write",
  params: wallParams,
  body: wallChangeSchema,
  responses: { 200: { description: "The display", schema: wallSchema } },
  errors: ["not-found"],
  async handle({ params, body, scope, principal, ip, services }) {
    const display = await services.walls.update(scope, params.id, body, { principal, ip });
    return { status: 200, body: showWall(display) };
  },
});

export const revokeWall = endpoint({
  method: "DELETE",
  path: "/api/v1/walls/{id}",
  summary: "Revoke a wall display",
  description: "Its address is refused at once, what shows it ends within 5 seconds.",
  tags: ["Wall displays"],
  permission: "walls:write",
  params: wallParams,
  responses: { 204: { description: "Revoked" } },
  errors: ["not-found"],
  async handle({ params, scope, principal, ip, services }) {
    await services.walls.revoke(scope, params.id, { principal, ip });
    return { status: 204 };
  },
});
