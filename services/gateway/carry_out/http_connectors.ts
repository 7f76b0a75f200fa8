/**
 * Commands about HTTP client connectors.
 * @module
 */
import { ConflictError, NotFoundError, UnavailableError } from "../../errors/mod.ts";
import type { ArgsOf, ResultOf, UsedHttpConnector, UsingRoute } from "../command_types.ts";
import type { CommandWorld } from "./world.ts";

export async function listHttpConnectors(
  { console }: CommandWorld,
): Promise<ResultOf<"http-connector.list">> {
  const connectors = await console.httpConnectors.list();
  const routes = await console.moRoutes.list();
  const routesOf = (cid: string): UsingRoute[] =>
    routes.filter(({ connectors: targets }) =>
      targets.some((target) => target.kind === "http" && target.cid === cid)
    ).map(({ order, type }) => ({ direction: "mo", order, type }));
  return { items: connectors.map((each) => ({ ...each, routes: routesOf(each.cid) })) };
}

export async function createHttpConnector(
  { console }: CommandWorld,
  { connector }: ArgsOf<"http-connector.create">,
): Promise<ResultOf<"http-connector.create">> {
  await console.httpConnectors.add(connector);
  const kept = (await console.httpConnectors.list()).find(({ cid }) => cid === connector.cid);
  if (kept?.url !== connector.url || kept.method !== connector.method) {
    throw new UnavailableError(
      `The gateway said that it added ${connector.cid} but doesn't list it as it was given`,
    );
  }
  return { connector: kept };
}

async function find(world: CommandWorld, cid: string): Promise<UsedHttpConnector> {
  const { items } = await listHttpConnectors(world);
  const found = items.find((each) => each.cid === cid);
  if (found === undefined) throw new NotFoundError(`The gateway has no HTTP connector ${cid}`);
  return found;
}

export async function removeHttpConnector(
  world: CommandWorld,
  { cid, evenIfUsed }: ArgsOf<"http-connector.remove">,
): Promise<ResultOf<"http-connector.remove">> {
  const removed = await find(world, cid);
  if (removed.routes.length > 0 && !evenIfUsed) {
    const names = removed.routes.map(({ order }) => `MO ${order}`).join(", ");
    throw new ConflictError(
      `The routes ${names} have a copy of ${cid} and go on with it: replace them first`,
    );
  }
  await world.console.httpConnectors.remove(cid);
  return { removed };
}
