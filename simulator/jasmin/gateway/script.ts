/**
 * Interceptor scripts. The simulator runs no Python: it obeys these statements, each alone on a
 * line without indentation, and passes over all others.
 *
 * - `http_status = 417`, `smpp_status = 69`: the message is refused
 * - `raise ...`: the script fails
 * - `routable.addTag(7)`
 * - `routable.pdu.params['short_message'] = b'text'`
 */

/** What a script makes of a message. */
export type ScriptResult =
  | { readonly kind: "passed"; readonly tags: readonly string[]; readonly content?: string }
  | { readonly kind: "refused"; readonly httpStatus: number }
  | { readonly kind: "failed" };

/** Status of a refusal that the script gave for SMPP only. */
const SMPP_ONLY = 520;

export function runScript(code: string): ScriptResult {
  const tags: string[] = [];
  let content: string | undefined;
  let http = 0;
  let smpp = 0;
  for (const line of code.split("\n")) {
    const number = (name: string) =>
      Number(new RegExp(`^${name} *= *(\\d+)`).exec(line)?.[1] ?? NaN);
    if (/^raise\b/.test(line)) return { kind: "failed" };
    http = number("http_status") || http;
    smpp = number("smpp_status") || smpp;
    const tag = /^routable\.addTag\( *(?:(\d+)|'([^']*)'|"([^"]*)") *\)/.exec(line);
    if (tag !== null) tags.push(tag[1] ?? tag[2] ?? tag[3] ?? "");
    content = /^routable\.pdu\.params\['short_message'\] *= *b'([^'\\]*)'/.exec(line)?.[1] ??
      content;
  }
  if (http !== 0 && http !== 200) return { kind: "refused", httpStatus: http };
  if (smpp !== 0) return { kind: "refused", httpStatus: SMPP_ONLY };
  return { kind: "passed", tags, ...(content === undefined ? {} : { content }) };
}
