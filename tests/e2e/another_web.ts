/**
 * A second web process of a site's installation, to be killed and started again while the first one
 * goes on measuring.
 * @module
 */
import { Program } from "../integration/program.ts";
import { until } from "../until.ts";
import type { Site } from "./site.ts";

/** Where it answers, and what starts it; whoever starts it ends it. */
export interface AnotherWeb {
  readonly url: string;
  start(): Promise<Program>;
}

/** A web process that always has the same address. */
export async function anotherWeb({ stack }: Site): Promise<AnotherWeb> {
  const env = await stack.another({ ROLES: "web" });
  const url = `http://127.0.0.1:${env["PORT"]}`;
  return {
    url,
    async start() {
      const program = new Program(["serve"], env);
      await until("its web", 60, async () => {
        try {
          const response = await fetch(`${url}/livez`);
          await response.body?.cancel();
          return response.ok;
        } catch {
          return false;
        }
      });
      return program;
    },
  };
}
