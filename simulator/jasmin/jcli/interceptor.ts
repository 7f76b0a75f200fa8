/** `mtinterceptor` and `mointerceptor`. */
import type { Direction, Filter } from "../gateway/filters.ts";
import {
  describeFilters,
  describeScript,
  type Interceptor,
  OrderedTable,
} from "../gateway/routes.ts";
import type { OptionValues } from "../python/optparse.ts";
import { given, MISSING } from "./given.ts";
import { readCodeFile, readCodeUrl } from "./host_files.ts";
import { readFilters } from "./router.ts";
import type { JcliSession, SubSession } from "./session.ts";
import { findType, printRow, readOrder, TypedValues } from "./typed_session.ts";

const DEFAULT = "DefaultInterceptor";
const WIDTHS = [5, 20, 47, 64];

function table(direction: Direction, session: JcliSession): OrderedTable<Interceptor> {
  return direction === "MT" ? session.gateway.mtInterceptors : session.gateway.moInterceptors;
}

export function runInterceptor(
  direction: Direction,
  session: JcliSession,
  values: OptionValues,
): void {
  const interceptors = table(direction, session);
  if (values["list"]) return list(direction, session, interceptors);
  if (values["add"]) {
    const announcement = `Adding a new ${direction} Interceptor: (ok: save, ko: exit)`;
    return session.enter(announcement, adding(direction, session));
  }
  const remove = given(values, "remove");
  const order = remove ?? given(values, "show");
  if (order !== undefined) {
    if (!/^\d+$/.test(order)) {
      return session.say(`${direction} Interceptor order must be a positive integer`);
    }
    const interceptor = interceptors.get(Number(order));
    if (interceptor === undefined) {
      return session.say(`Unknown ${direction} Interceptor: ${order}`);
    }
    if (remove === undefined) {
      return session.say(`${interceptor.type}/${describeScript(interceptor)}`);
    }
    interceptors.remove(Number(order));
    return session.say(`Successfully removed ${direction} Interceptor with order:${order}`);
  }
  if (!values["flush"]) return session.say(MISSING);
  const flushed = interceptors.flush();
  session.say(
    `Successfully flushed ${direction} Interceptor table (${flushed} flushed entries)`,
  );
}

function list(
  direction: Direction,
  session: JcliSession,
  interceptors: OrderedTable<Interceptor>,
): void {
  const entries = interceptors.all();
  if (entries.length > 0) printRow(session, WIDTHS, ["Order", "Type", "Script", "Filter(s)"]);
  for (const { order, value } of entries) {
    printRow(session, WIDTHS, [
      String(order),
      value.type,
      describeScript(value),
      describeFilters(value.filters),
    ]);
  }
  session.say(`Total ${direction} Interceptors: ${entries.length}`);
}

function adding(direction: Direction, session: JcliSession): SubSession {
  const values = new TypedValues("order");
  const names = [DEFAULT, `Static${direction}Interceptor`];
  return {
    get completions() {
      return values.completions;
    },
    take(key, value) {
      if (key === undefined) return session.say();
      if (key === "ok") return save(direction, session, values);
      if (!values.allows(key)) return session.say(`Unknown Interceptor key: ${key}`);
      if (key === "type") {
        const type = findType(names, value);
        if (type === undefined) {
          return session.say(
            `Unknown ${direction} Interceptor type:${value}, available types: ` +
              names.join(", "),
          );
        }
        if (type === DEFAULT) values.set("order", 0);
        const wanted = type === DEFAULT ? ["script"] : ["filters", "script"];
        values.setType(type, wanted);
        return session.say(
          `<class 'jasmin.routing.Interceptors.${type}'> arguments:\n${wanted.join(", ")}`,
        );
      }
      if (key === "script") return takeScript(session, values, value);
      const read = key === "order"
        ? readOrder(values, value, "Interceptor", DEFAULT)
        : readFilters(session, value, direction, `${direction}Interceptor`);
      if (typeof read === "string") return session.say(read);
      values.set(key, read);
      session.say();
    },
  };
}

function takeScript(
  session: JcliSession,
  values: TypedValues,
  typed: string,
): void | Promise<void> {
  const path = /^python3\((.*)\)/i.exec(typed)?.[1];
  if (path === undefined) {
    return session.say("Invalid syntax for script, must be python3(/path/to/script).");
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(path)?.[1]?.toLowerCase() ?? "";
  const accept = (read: Awaited<ReturnType<typeof readCodeUrl>>): void => {
    if ("fault" in read) return session.say(read.fault);
    values.set("script", read.code);
    session.say();
  };
  if (scheme === "") return accept(readCodeFile(path));
  if (["https", "http", "ftp", "file"].includes(scheme)) return readCodeUrl(path).then(accept);
  session.say("Not implemented yet !");
}

function save(direction: Direction, session: JcliSession, values: TypedValues): void {
  if (!values.complete) return session.say(values.missing);
  const type = values.type ?? DEFAULT;
  // What is under each key was put there by its reader above.
  const order = values.get("order") as number;
  const filters = (values.get("filters") ?? []) as readonly Filter[];
  const script = values.text("script") ?? "";
  if ((order === 0) !== (type === DEFAULT)) {
    return session.say(`Failed adding ${direction}Interceptor, check log for details`);
  }
  table(direction, session).add(order, { type, direction, filters, script });
  session.print(`Successfully added ${direction}Interceptor [${type}] with order:${order}`);
  session.leave();
}
