/**
 * `deno task imports`: no import goes in a circle, and none points up the house. Reads the module
 * graph from `deno info`, so what it sees is what runs.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal

interface Dependency {
  /** By `import()`, when it is reached: no part of a circle that would be loaded. */
  readonly isDynamic?: boolean;
  readonly code?: { readonly specifier?: string };
  readonly type?: { readonly specifier?: string };
}
interface Graph {
  readonly modules: readonly {
    readonly specifier: string;
    readonly dependencies?: readonly Dependency[];
  }[];
}

/** Subjects of `services/`, lowest first; those of one row may use each other. */
const SUBJECTS: readonly (readonly string[])[] = [
  ["errors", "i18n"],
  ["config", "log"],
  ["db", "stream"],
  ["accounts", "audit", "auth"],
  ["billing", "gateway"],
  ["alerts", "wall"],
  ["messages", "tenancy"],
  ["live", "metrics"],
  ["doctor"],
];

/** What each place may use besides itself; absent: everything. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  fresh: [],
  locales: ["services"],
  services: ["locales"],
  simulator: ["services"],
  workers: ["services"],
  components: ["fresh", "services"],
  islands: ["components", "fresh", "services"],
  routes: ["components", "fresh", "islands", "services"],
};

/** Plain data that every place may read: the program's version, the framework's options. */
const DATA = new Set(["deno.json", "fresh.config.ts"]);

const ROOT = new URL("../", import.meta.url).href;

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(new URL(path, ROOT));
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function* sources(folder: string): AsyncGenerator<string> {
  if (!await exists(folder)) return;
  for await (const entry of Deno.readDir(new URL(folder, ROOT))) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory) yield* sources(`${path}/`);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts")) yield path;
  }
}

/** Each file with what it imports, and whether that is needed only later or never: types. */
async function graphOf(roots: readonly string[]): Promise<Map<string, Map<string, boolean>>> {
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  await Deno.writeTextFile(
    entry,
    roots.map((path) => `import ${JSON.stringify(ROOT + path)};`).join("\n"),
  );
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "--config", new URL("deno.json", ROOT).pathname, entry],
  }).output();
  await Deno.remove(entry);
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const graph: Graph = JSON.parse(new TextDecoder().decode(stdout));
  const imports = new Map<string, Map<string, boolean>>();
  for (const { specifier, dependencies = [] } of graph.modules) {
    if (!specifier.startsWith(ROOT)) continue;
    const targets = new Map<string, boolean>();
    for (const { code, type, isDynamic = false } of dependencies) {
      const target = code?.specifier ?? type?.specifier;
      if (target?.startsWith(ROOT)) {
        targets.set(target.slice(ROOT.length), isDynamic || code?.specifier === undefined);
      }
    }
    imports.set(specifier.slice(ROOT.length), targets);
  }
  return imports;
}

/** The first circle that a walk from each file meets, told as the way around it. */
function circles(imports: ReadonlyMap<string, ReadonlyMap<string, boolean>>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const seenAt = way.indexOf(file);
    if (seenAt >= 0) {
      found.push([...way.slice(seenAt), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const [target, later] of imports.get(file) ?? []) {
      if (!later) walk(target, [...way, file]);
    }
    done.add(file);
  };
  for (const file of imports.keys()) walk(file, []);
  return found;
}

function pointsUp(from: string, to: string, typeOnly: boolean): boolean {
  if (DATA.has(to)) return false;
  const [place = "", subject = ""] = from.split("/");
  const [otherPlace = "", otherSubject = ""] = to.split("/");
  // A part may know the type of what an island shows by it; at run time it knows no island.
  if (typeOnly && place === "components" && otherPlace === "islands") return false;
  if (place !== otherPlace) return MAY_USE[place]?.includes(otherPlace) === false;
  if (place !== "services" || subject === otherSubject) return false;
  const rank = (name: string) => SUBJECTS.findIndex((row) => row.includes(name));
  return rank(otherSubject) < 0 || rank(subject) < 0 || rank(otherSubject) > rank(subject);
}

const roots: string[] = [];
for await (const entry of Deno.readDir(new URL(ROOT))) {
  if (entry.isFile && /\.tsx?$/.test(entry.name)) roots.push(entry.name);
}
for (const folder of [...Object.keys(MAY_USE), "commands", "tasks"]) {
  for await (const path of sources(`${folder}/`)) {
    if (path !== "tasks/imports.ts") roots.push(path);
  }
}
const imports = await graphOf(roots);
const faults = circles(imports).map((way) => `Circle: ${way}`);
for (const [from, targets] of imports) {
  if (from.endsWith("_test.ts") || from.endsWith("testing.ts")) continue;
  for (const [to, typeOnly] of targets) {
    if (pointsUp(from, to, typeOnly)) faults.push(`Points up: ${from} → ${to}`);
  }
}
for (const fault of faults) console.error(fault);
console.log(`${imports.size} files, ${faults.length} import faults`);
if (faults.length > 0) Deno.exit(1);
