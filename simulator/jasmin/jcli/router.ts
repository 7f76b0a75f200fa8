/** `mtrouter` and `morouter`. */
import { type Direction, type Filter, fits } from "../gateway/filters.ts";
import {
  type Choice,
  describeFilters,
  describeTargets,
  OrderedTable,
  type Route,
  showRoute,
  type Target,
} from "../gateway/routes.ts";
import type { OptionValues } from "../python/optparse.ts";
import { fixedText, parsePyFloat } from "../python/numbers.ts";
import { given, MISSING } from "./given.ts";
import type { JcliSession, SubSession } from "./session.ts";
import { findType, printRow, readOrder, TypedValues } from "./typed_session.ts";

const DEFAULT = "DefaultRoute";

const types = (direction: Direction): Readonly<Record<string, Choice>> => ({
  [DEFAULT]: "fixed",
  [`Static${direction}Route`]: "fixed",
  [`RandomRoundrobin${direction}Route`]: "random",
  [`Failover${direction}Route`]: "failover",
});
const TYPES = { MT: types("MT"), MO: types("MO") };

function parameters(type: string, direction: Direction): string[] {
  const connector = TYPES[direction][type] === "fixed" ? "connector" : "connectors";
  const rate = direction === "MT" ? ["rate"] : [];
  return type === DEFAULT ? [connector, ...rate] : ["filters", connector, ...rate];
}

function table(direction: Direction, session: JcliSession): OrderedTable<Route> {
  return direction === "MT" ? session.gateway.mtRoutes : session.gateway.moRoutes;
}

export function runRouter(direction: Direction, session: JcliSession, values: OptionValues): void {
  const routes = table(direction, session);
  if (values["list"]) return list(direction, session, routes);
  if (values["add"]) {
    const announcement = `Adding a new ${direction} Route: (ok: save, ko: exit)`;
    return session.enter(announcement, adding(direction, session));
  }
  const remove = given(values, "remove");
  const order = remove ?? given(values, "show");
  if (order !== undefined) {
    if (!/^\d+$/.test(order)) {
      return session.say(`${direction} Route order must be a positive integer`);
    }
    const route = routes.get(Number(order));
    if (route === undefined) return session.say(`Unknown ${direction} Route: ${order}`);
    if (remove === undefined) return session.say(showRoute(route, direction));
    routes.remove(Number(order));
    return session.say(`Successfully removed ${direction} Route with order:${order}`);
  }
  if (!values["flush"]) return session.say(MISSING);
  session.say(
    `Successfully flushed ${direction} Route table (${routes.flush()} flushed entries)`,
  );
}

function list(direction: Direction, session: JcliSession, routes: OrderedTable<Route>): void {
  const rated = direction === "MT";
  const widths = rated ? [5, 23, 10, 48, 64] : [5, 23, 48, 64];
  const heads = ["Order", "Type", ...(rated ? ["Rate"] : []), "Connector ID(s)", "Filter(s)"];
  const entries = routes.all();
  if (entries.length > 0) printRow(session, widths, heads);
  for (const { order, value: route } of entries) {
    const rate = route.rate === 0 ? "0 (!)" : fixedText(route.rate, 5);
    const cells = [String(order), route.type, ...(rated ? [rate] : [])];
    printRow(session, widths, [
      ...cells,
      describeTargets(route),
      describeFilters(route.filters),
    ]);
  }
  session.say(`Total ${direction} Routes: ${entries.length}`);
}

function adding(direction: Direction, session: JcliSession): SubSession {
  const values = new TypedValues("order");
  return {
    get completions() {
      return values.completions;
    },
    take(key, value) {
      if (key === undefined) return session.say();
      if (key === "ok") return save(direction, session, values);
      if (!values.allows(key)) return session.say(`Unknown Route key: ${key}`);
      if (key === "type") return takeType(direction, session, values, value);
      const read = key === "order"
        ? readOrder(values, value, "Route", DEFAULT)
        : key === "rate"
        ? readRate(value)
        : key === "filters"
        ? readFilters(session, value, direction, `${direction}Route`)
        : readTargets(direction, session, key, value);
      if (typeof read === "string") return session.say(read);
      values.set(key, read);
      session.say();
    },
  };
}

function takeType(
  direction: Direction,
  session: JcliSession,
  values: TypedValues,
  typed: string,
): void {
  const names = Object.keys(TYPES[direction]);
  const type = findType(names, typed);
  if (type === undefined) {
    return session.say(
      `Unknown ${direction} Route type:${typed}, available types: ${names.join(", ")}`,
    );
  }
  if (type === DEFAULT) values.set("order", 0);
  const wanted = parameters(type, direction);
  values.setType(type, wanted);
  session.say(`<class 'jasmin.routing.Routes.${type}'> arguments:\n${wanted.join(", ")}`);
}

function save(direction: Direction, session: JcliSession, values: TypedValues): void {
  if (!values.complete) return session.say(values.missing);
  const type = values.type ?? DEFAULT;
  // What is under each key was put there by its reader above.
  const order = values.get("order") as number;
  const targets = (values.get("connector") ?? values.get("connectors")) as readonly Target[];
  const filters = (values.get("filters") ?? []) as readonly Filter[];
  const rate = (values.get("rate") ?? 0) as number;
  const choice = TYPES[direction][type] ?? "fixed";
  if (rate < 0) return session.say("Error: rate can not be a negative value");
  if (
    direction === "MO" && choice === "failover" &&
    targets.some(({ kind }) => kind !== targets[0]?.kind)
  ) {
    return session.say("Error: FailoverMORoute cannot have mixed connector types");
  }
  if ((order === 0) !== (type === DEFAULT)) {
    return session.say(`Failed adding ${direction}Route, check log for details`);
  }
  table(direction, session).add(order, { type, choice, filters, targets, rate });
  session.print(`Successfully added ${direction}Route [${type}] with order:${order}`);
  session.leave();
}

function readRate(typed: string): number | string {
  return parsePyFloat(typed) ?? `Incorrect rate (must be float): ${typed}`;
}

/** Filters by their ids, or what is said in their place. */
export function readFilters(
  session: JcliSession,
  typed: string,
  direction: Direction,
  what: string,
): readonly Filter[] | string {
  const filters: Filter[] = [];
  for (const fid of typed.split(";")) {
    const filter = session.filters.get(fid);
    if (filter === undefined) return `Unknown fid: ${fid}`;
    if (!fits(filter.type, direction)) {
      return `${filter.type}#${fid} is not a valid filter for ${what} ` +
        `(not in ${direction}FILTERS)`;
    }
    filters.push(filter);
  }
  return filters;
}

function readTargets(
  direction: Direction,
  session: JcliSession,
  key: string,
  typed: string,
): readonly Target[] | string {
  const words = key === "connectors" ? typed.split(";") : [typed];
  if (key === "connectors" && words.length === 1) {
    return "connectors option value must contain a minimum of 2 connector IDs " +
      'separated with ";".';
  }
  const targets: Target[] = [];
  for (const word of words) {
    const target = readTarget(direction, session, word);
    if (typeof target === "string") return target;
    targets.push(target);
  }
  return targets;
}

function readTarget(direction: Direction, session: JcliSession, word: string): Target | string {
  const kinds = direction === "MT" ? "smppc" : "smpps|http";
  const found = new RegExp(`^(${kinds})\\(([A-Za-z0-9_-]{3,25})\\)`, "i").exec(word);
  if (found === null) {
    const forms = direction === "MT" ? "smppc(some_id)" : "smpps(some_id) or http(some_id)";
    return `Invalid syntax for connector id, must be ${forms}.`;
  }
  const [, kind = "", cid = ""] = found;
  switch (kind.toLowerCase()) {
    case "smppc":
      if (!session.gateway.connectors.has(cid)) return `Unknown smppc cid: ${cid}`;
      return { kind: "smppc", cid };
    case "smpps":
      return { kind: "smpps", cid };
    default: {
      const http = session.httpConnectors.get(cid);
      return http === undefined ? `Unknown http cid: ${cid}` : { kind: "http", cid, http };
    }
  }
}
