import assert from "node:assert/strict";

interface Family extends AsyncDisposable {
  readonly parent: Deno.ChildProcess;
  /** Resolves when the child has written the line. */
  wrote(line: string): Promise<void>;
  journal(): Promise<string[]>;
}

/** Starts a process that runs `superviseChild` on `testdata/child.ts`. */
async function family(restarts: number): Promise<Family> {
  const path = await Deno.makeTempFile();
  const file = (name: string) => new URL(`./testdata/${name}.ts`, import.meta.url).href;
  const parent = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", file("parent"), "run", "-A", file("child"), path, String(restarts)],
    stdout: "null",
  }).spawn();
  const journal = async () => (await Deno.readTextFile(path)).split("\n").slice(0, -1);
  return {
    parent,
    journal,
    wrote: async (line) => {
      while (!(await journal()).includes(line)) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    [Symbol.asyncDispose]: () => Deno.remove(path),
  };
}

Deno.test("a child that exits with 75 is started again; SIGINT is passed on once", async () => {
  await using each = await family(2);
  await each.wrote("waits");
  each.parent.kill("SIGINT");
  assert.equal((await each.parent.status).code, 3);
  assert.deepEqual(await each.journal(), ["start", "start", "start", "waits", "SIGINT"]);
});

Deno.test("SIGTERM is passed on and the child's exit code becomes ours", async () => {
  await using each = await family(0);
  await each.wrote("waits");
  each.parent.kill("SIGTERM");
  assert.equal((await each.parent.status).code, 4);
});

Deno.test("a child learns of the death of its parent", async () => {
  await using each = await family(0);
  await each.wrote("waits");
  each.parent.kill("SIGKILL");
  await each.parent.status;
  await each.wrote("parent gone");
});
