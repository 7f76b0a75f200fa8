/**
 * A call to an application as the gateway makes it for an MO message: to see what it answers.
 * @see https://docs.jasminsms.com/en/latest/apis/http/index.html the parameters
 * @module
 */
import type { HttpConnector } from "../../model.ts";
import { Deadline } from "./deadline.ts";

/** What an application answered. */
export type MoAnswer =
  | {
    readonly kind: "answered";
    readonly status: number;
    /** The beginning of its body, 500 characters at most. */
    readonly body: string;
    /** Whether the gateway would take it for an acknowledgement; else it calls again, 4 times. */
    readonly acknowledged: boolean;
    readonly tookMs: number;
  }
  /** Nothing answered: why. */
  | { readonly kind: "failed"; readonly reason: string; readonly tookMs: number };

const TIMEOUT_MS = 10_000;
const MOST_CHARACTERS = 500;
/** What is read of a body that doesn't end. */
const MOST_BYTES = 4_096;

/** What the application is told. */
const TEXT = "Test of the connection";

function parameters(cid: string): URLSearchParams {
  return new URLSearchParams({
    id: crypto.randomUUID(),
    from: "00000",
    to: "00000",
    "origin-connector": cid,
    priority: "0",
    coding: "0",
    validity: "",
    content: TEXT,
    binary: new TextEncoder().encode(TEXT).toHex(),
  });
}

async function beginning(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let bytes = 0; bytes < MOST_BYTES;) {
    const { value, done } = await reader.read();
    if (done) break;
    bytes += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text.slice(0, MOST_CHARACTERS);
}

/** Calls it once; never throws for what the network or the application does. */
export async function callMo({ cid, url, method }: HttpConnector): Promise<MoAnswer> {
  const begun = performance.now();
  const took = () => Math.round(performance.now() - begun);
  using deadline = new Deadline(TIMEOUT_MS);
  try {
    const target = new URL(url);
    const fields = parameters(cid);
    if (method === "GET") fields.forEach((value, name) => target.searchParams.append(name, value));
    const response = await fetch(target, {
      method,
      redirect: "manual",
      signal: deadline.signal,
      ...(method === "POST" ? { body: fields } : {}),
    });
    const body = await beginning(response);
    return {
      kind: "answered",
      status: response.status,
      body,
      acknowledged: response.status < 400 && body.trim() === "ACK/Jasmin",
      tookMs: took(),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // Its words may have the address, with what is secret in it.
    return { kind: "failed", reason: reason.replaceAll(url, "[url]"), tookMs: took() };
  }
}
