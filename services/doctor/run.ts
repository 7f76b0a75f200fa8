/**
 * Makes checks, all at once: each only reads, or writes what nothing depends on.
 * @module
 */
import type { Check, CheckResult, Finding } from "./model.ts";
import type { Surroundings } from "./surroundings.ts";
import { duration, messageOf } from "./words.ts";

const DEADLINE_MS = 10_000;

/** A shorter text would take harmless words with it. */
const SHORTEST_SECRET = 4;

/** The text without any of the secrets, should a message of others have carried one here. */
export function withoutSecrets(text: string, secrets: Iterable<string>): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret.length >= SHORTEST_SECRET) clean = clean.replaceAll(secret, "[secret]");
  }
  return clean;
}

/** The check's finding, or that it had none in its time. */
async function findingOf(check: Check, at: Surroundings): Promise<Finding> {
  const { deadlineMs = DEADLINE_MS } = check;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      resolve({
        outcome: "fail",
        tried: check.title,
        got: `No answer within ${duration(deadlineMs)}`,
        mend: "Look at the load and the network between here and there, and run doctor again",
      });
    }, deadlineMs);
  });
  const found = check.run(at).catch((error: unknown): Finding => ({
    outcome: "fail",
    tried: check.title,
    got: messageOf(error),
  }));
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes the checks; the results are in the checks' order. Never throws. */
export async function runChecks(
  checks: readonly Check[],
  at: Surroundings,
): Promise<CheckResult[]> {
  return await Promise.all(checks.map(async (check) => {
    const started = performance.now();
    const { outcome, tried, got, mend } = await findingOf(check, at);
    const clean = (text: string) => withoutSecrets(text, at.secrets);
    return {
      id: check.id,
      title: check.title,
      outcome,
      tried: clean(tried),
      got: clean(got),
      ...(mend === undefined ? {} : { mend: clean(mend) }),
      ms: Math.round(performance.now() - started),
    };
  }));
}
