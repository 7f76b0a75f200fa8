/**
 * Filters, routes and interceptors over jcli.
 * @module
 */
import { ConflictError, UnavailableError } from "../../../errors/mod.ts";
import {
  type Direction,
  Filter,
  FilterId,
  type FilterManager,
  type InterceptorManager,
  type MoRoute,
  type MoTarget,
  type MtRoute,
  NewInterceptor,
  NewMoRoute,
  NewMtRoute,
  type RouteManager,
} from "../../model.ts";
import { Order } from "../../model/common.ts";
import { act, type Form, persist, read, save } from "./dialogue.ts";
import { line, type Setting } from "./encode.ts";
import {
  parseFilterList,
  parseInterceptorList,
  parseMoRouteList,
  parseMtRouteList,
} from "./parse_routing.ts";
import type { Send, Turn } from "./session.ts";
import { checked } from "../checked.ts";
import { wireValue } from "./wire_values.ts";

export function filterManager(turn: Turn): FilterManager {
  const listed = async (send: Send, signal?: AbortSignal) =>
    parseFilterList(await read(send, line("filter", "-l"), signal));
  return {
    list: ({ signal } = {}) => turn((send) => listed(send, signal), signal),
    add: async (input, { signal } = {}) => {
      const filter = checked(Filter, input);
      await turn(async (send) => {
        if ((await listed(send, signal)).some((each) => each.fid === filter.fid)) {
          throw new ConflictError(`The gateway already has a filter ${filter.fid}`);
        }
        await save(send, {
          open: line("filter", "-a"),
          settings: filterSettings(filter),
          success: /^Successfully added Filter \[/,
        }, signal);
        await persist(send, signal);
        const present = (await listed(send, signal)).find((each) => each.fid === filter.fid);
        if (present?.type !== filter.type) throw notThere(`filter ${filter.fid}`);
      }, signal);
    },
    remove: async (fid, { signal } = {}) => {
      const command = line("filter", "-r", { field: "fid", text: checked(FilterId, fid, "fid") });
      await turn(async (send) => {
        await act(send, command, /^Successfully removed /, signal);
        await persist(send, signal);
      }, signal);
    },
  };
}

/** `type` first: setting it drops the parameters that were set before. */
function filterSettings(filter: Filter): readonly Setting[] {
  const { fid, type, ...parameters } = filter;
  const own: readonly Setting[] = "from" in parameters
    ? [{
      key: type === "DateIntervalFilter" ? "dateInterval" : "timeInterval",
      value: `${parameters.from};${parameters.to}`,
      field: "from",
    }]
    : Object.entries(parameters).map(([key, value]) => ({ key, value }));
  return [{ key: "type", value: type }, { key: "fid", value: fid }, ...own];
}

export function mtRouteManager(turn: Turn): RouteManager<MtRoute, NewMtRoute> {
  return orderedTable({
    turn,
    command: "mtrouter",
    what: "MT route",
    parse: parseMtRouteList,
    form: (input: NewMtRoute) => {
      const route = checked(NewMtRoute, input);
      const connectors = "connectors" in route ? route.connectors : [route.connector];
      return {
        order: "order" in route ? route.order : 0,
        settings: [
          { key: "type", value: route.type },
          ...placeSettings(route),
          connectorsSetting(connectors.map((cid) => `smppc(${cid})`)),
          { key: "rate", value: decimal(route.rate) },
        ],
        success: /^Successfully added MTRoute \[/,
      };
    },
  });
}

export function moRouteManager(turn: Turn): RouteManager<MoRoute, NewMoRoute> {
  return orderedTable({
    turn,
    command: "morouter",
    what: "MO route",
    parse: parseMoRouteList,
    form: (input: NewMoRoute) => {
      const route = checked(NewMoRoute, input);
      const targets = "connectors" in route ? route.connectors : [route.connector];
      return {
        order: "order" in route ? route.order : 0,
        settings: [
          { key: "type", value: route.type },
          ...placeSettings(route),
          connectorsSetting(targets.map(moTarget)),
        ],
        success: /^Successfully added MORoute \[/,
      };
    },
  });
}

export function interceptorManager(turn: Turn): InterceptorManager {
  const table = (direction: Direction) => {
    const letters = direction.toUpperCase();
    return orderedTable({
      turn,
      command: direction === "mt" ? "mtinterceptor" : "mointerceptor",
      what: `${letters} interceptor`,
      parse: (lines) => parseInterceptorList(direction, lines),
      form: (input: NewInterceptor) => {
        const interceptor = checked(NewInterceptor, input);
        const type = interceptor.type === "DefaultInterceptor"
          ? "DefaultInterceptor"
          : `Static${letters}Interceptor`;
        return {
          order: "order" in interceptor ? interceptor.order : 0,
          settings: [
            { key: "type", value: type },
            ...placeSettings(interceptor),
            { key: "script", value: `python3(${interceptor.script})` },
          ],
          success: new RegExp(`^Successfully added ${letters}Interceptor \\[`),
        };
      },
    });
  };
  const tables = { mt: table("mt"), mo: table("mo") };
  return {
    list: (direction, options) => tables[direction].list(options),
    add: (direction, interceptor, options) => tables[direction].add(interceptor, options),
    remove: (direction, order, options) => tables[direction].remove(order, options),
  };
}

interface OrderedTable<Row, New> {
  readonly turn: Turn;
  readonly command: "mtrouter" | "morouter" | "mtinterceptor" | "mointerceptor";
  readonly what: string;
  readonly parse: (lines: readonly string[]) => readonly Row[];
  readonly form: (input: New) => Omit<Form, "open"> & { readonly order: number };
}

/** What the four tables that are sorted by order have in common. */
function orderedTable<Row extends { readonly order: number }, New>(
  { turn, command, what, parse, form }: OrderedTable<Row, New>,
): RouteManager<Row, New> {
  const listed = async (send: Send, signal?: AbortSignal) =>
    parse(await read(send, line(command, "-l"), signal));
  return {
    list: ({ signal } = {}) => turn((send) => listed(send, signal), signal),
    add: async (input, { signal } = {}) => {
      const { order, ...rest } = form(input);
      await turn(async (send) => {
        // jcli replaces what has the same order, and says "added".
        if ((await listed(send, signal)).some((each) => each.order === order)) {
          throw new ConflictError(`The gateway already has an ${what} of order ${order}`);
        }
        await save(send, { open: line(command, "-a"), ...rest }, signal);
        const present = (await listed(send, signal)).some((each) => each.order === order);
        if (!present) throw notThere(`${what} of order ${order}`);
      }, signal);
    },
    remove: async (input, { signal } = {}) => {
      const order = String(checked(Order, input, "order"));
      const removal = line(command, "-r", { field: "order", text: order });
      await turn((send) => act(send, removal, /^Successfully removed /, signal), signal);
    },
  };
}

/** Order and filters, which the default ones don't have. jcli sets their order by itself. */
function placeSettings(
  item: { type: string; order?: number; filters?: readonly string[] },
): readonly Setting[] {
  return [
    ...(item.order === undefined ? [] : [{ key: "order", value: wireValue(item.order) }]),
    ...(item.filters === undefined ? [] : [{ key: "filters", value: item.filters.join(";") }]),
  ];
}

function connectorsSetting(targets: readonly string[]): Setting {
  return { key: targets.length > 1 ? "connectors" : "connector", value: targets.join(";") };
}

function moTarget(target: MoTarget): string {
  return target.kind === "http" ? `http(${target.cid})` : `smpps(${target.username})`;
}

/** Without an exponent, which jcli would take but no reader expects. */
function decimal(value: number): string {
  return value.toFixed(5).replace(/\.?0+$/, "");
}

function notThere(what: string): UnavailableError {
  return new UnavailableError(`The gateway said that it added the ${what} but doesn't list it`);
}
