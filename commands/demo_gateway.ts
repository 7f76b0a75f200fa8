/**
 * The demo's gateway: a simulated Jasmin that is in use already.
 * @module
 */
import {
  demoOptions,
  furnishDemo,
  type JasminSimulator,
  startJasminSimulator,
} from "../simulator/jasmin/mod.ts";

/** jcli's user of the simulated gateway; it listens on loopback only. */
export const DEMO_JCLI = { username: "jcliadmin", password: "jclipwd" } as const;

/** Starts it; what it was told is kept under `folder`. */
export async function startDemoGateway(folder: string): Promise<JasminSimulator> {
  const [storeDir, logDir] = [`${folder}/store`, `${folder}/log`];
  await Deno.mkdir(storeDir, { recursive: true });
  await Deno.mkdir(logDir, { recursive: true });
  const simulator = await startJasminSimulator({
    ...DEMO_JCLI,
    ...demoOptions(),
    storeDir,
    logDir,
  });
  furnishDemo(simulator);
  return simulator;
}
