/**
 * Commands carried out on the gateway, by the process that holds its session: one after the other.
 * Each reads before it writes, writes, persists and reads back.
 * @module
 */
import type { CommandName, GatewayCommand, GatewayCommands } from "../command_types.ts";
import {
  createConnector,
  readConnector,
  removeConnector,
  steer,
  updateConnector,
  usesOf,
} from "./connectors.ts";
import { createHttpConnector, listHttpConnectors, removeHttpConnector } from "./http_connectors.ts";
import type { CommandWorld } from "./world.ts";

export type { CommandWorld } from "./world.ts";

type Carriers = {
  readonly [Name in CommandName]: (
    world: CommandWorld,
    args: GatewayCommands[Name]["args"],
  ) => Promise<GatewayCommands[Name]["result"]>;
};

const CARRIERS: Carriers = {
  "connector.start": steer("start"),
  "connector.stop": steer("stop"),
  "connector.restart": steer("restart"),
  "connector.read": readConnector,
  "connector.create": createConnector,
  "connector.update": updateConnector,
  "connector.remove": removeConnector,
  "connector.uses": usesOf,
  "http-connector.list": listHttpConnectors,
  "http-connector.create": createHttpConnector,
  "http-connector.remove": removeHttpConnector,
};

/**
 * Carries a command out.
 * @throws {NotFoundError | ConflictError | ValidationError | UnavailableError} as the gateway says
 */
export async function carryOut(world: CommandWorld, command: GatewayCommand): Promise<object> {
  // Name and arguments belong together by the type of the command, which an index can't follow.
  const carrier = CARRIERS[command.name] as (
    world: CommandWorld,
    args: GatewayCommand["args"],
  ) => Promise<object>;
  return await carrier(world, command.args);
}
