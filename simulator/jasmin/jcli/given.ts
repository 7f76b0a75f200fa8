/** How a command reads its options. */
import type { OptionValues } from "../python/optparse.ts";

/** The value of an option that was given and is not empty, which counts as not given. */
export function given(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}

export const MISSING = "Missing required option";
