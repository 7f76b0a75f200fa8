/** The real gateway from PyPI, in a virtual environment that is kept between runs. */

import { ensureProgram, exclusively, findProgram } from "./apt.ts";
import { CACHE } from "./paths.ts";

/**
 * The release that delivers DLRs. In 0.11.1, the newest on PyPI, every submit_sm_resp raises an
 * error and no DLR is ever sent.
 */
export const JASMIN_VERSION = "0.11.0";

/** Jasmin 0.11 imports `pkg_resources`, which setuptools dropped in version 81. */
const REQUIREMENTS = [`jasmin==${JASMIN_VERSION}`, "setuptools<81"];

/** The gateway can't be installed here: the tests that need it can't run. */
export class GatewayUnavailableError extends Error {
  override readonly name = "GatewayUnavailableError";
}

/** Where an installed gateway lies. */
export interface JasminInstallation {
  readonly python: string;
  /** The folder of `jasmind.py` and `interceptord.py`. */
  readonly bin: string;
  /** The AMQP 0-9-1 specification that Jasmin reads at its start. */
  readonly amqpSpec: string;
}

async function run(command: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    stdout: "piped",
    stderr: "piped",
  }).output();
  const text = new TextDecoder();
  if (success) return text.decode(stdout).trim();
  const said = (text.decode(stderr).trim() || text.decode(stdout).trim()).split("\n").slice(-3);
  throw new GatewayUnavailableError(`${command} ${args[0] ?? ""} failed: ${said.join("; ")}`);
}

/** Twisted 23.10 and cryptography 41, which this release pins, support Python 3.8 to 3.12. */
async function findPython(): Promise<string> {
  const find = (): Promise<string | undefined> =>
    findProgram("python3.11", "python3.12", "python3.10", "python3.9", "python3");
  return await ensureProgram("Python 3", ["python3", "python3-venv"], find);
}

async function createEnvironment(folder: string): Promise<void> {
  const python = await findPython();
  try {
    await run(python, "-m", "venv", "--clear", folder);
  } catch {
    // Debian's python3 has no ensurepip without the package python3-venv.
    await ensureProgram(
      "Python's venv",
      ["python3-venv"],
      async () => (await run(python, "-c", "import ensurepip").catch(() => undefined)),
    );
    await run(python, "-m", "venv", "--clear", folder);
  }
}

/**
 * Installs Jasmin into `tests/.work/` unless it is there.
 *
 * @throws {GatewayUnavailableError} with the reason, when PyPI or a package of it can't be had.
 */
export async function installJasmin(): Promise<JasminInstallation> {
  const folder = `${CACHE}/jasmin-${JASMIN_VERSION}`;
  const python = `${folder}/bin/python`;
  await exclusively("jasmin-install", async () => {
    try {
      // Written last, so that an installation that was cut short is made again.
      await Deno.stat(`${folder}/complete`);
    } catch {
      await createEnvironment(folder);
      await run(python, "-m", "pip", "install", "--quiet", ...REQUIREMENTS);
      await Deno.writeTextFile(`${folder}/complete`, "");
    }
  });
  const packages = await run(
    python,
    "-c",
    "import sysconfig; print(sysconfig.get_path('purelib'))",
  );
  return {
    python,
    bin: `${folder}/bin`,
    // The wheel has no `amqp0-9-1.xml`; txAMQP, which it depends on, ships the same specification.
    amqpSpec: `${packages}/txamqp/specs/standard/amqp0-9-1.stripped.xml`,
  };
}
