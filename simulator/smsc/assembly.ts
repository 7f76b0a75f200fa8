/**
 * Whole messages out of the submits that carried their parts.
 * @module
 */
import { decodeText } from "./text.ts";
import type { SubmitRecord } from "./model.ts";

/** A message as the handset would show it. */
export interface ReceivedMessage {
  readonly systemId: string;
  readonly source: string;
  readonly destination: string;
  readonly dataCoding: number;
  /** All parts joined before decoding, so a character cut between parts is read right. */
  readonly text: string;
  /** By sequence; a missing part is not in it. */
  readonly parts: readonly SubmitRecord[];
  readonly total: number;
  /** True when every part came. */
  readonly whole: boolean;
  /** Parts that came again with the same bytes while the message was incomplete. */
  readonly repeated: readonly SubmitRecord[];
}

interface Assembly {
  readonly first: SubmitRecord;
  readonly total: number;
  readonly parts: Map<number, SubmitRecord>;
  readonly repeated: SubmitRecord[];
}

function keyOf(submit: SubmitRecord): string {
  const { systemId, source, destination, part } = submit;
  return [systemId, source, destination, part?.reference, part?.total].join("\n");
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

function joined(parts: readonly SubmitRecord[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.content.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part.content, at);
    at += part.content.length;
  }
  return bytes;
}

function messageOf(assembly: Assembly): ReceivedMessage {
  const { first, total, repeated } = assembly;
  const parts = [...assembly.parts].sort(([left], [right]) => left - right).map(([, part]) => part);
  return {
    systemId: first.systemId,
    source: first.source,
    destination: first.destination,
    dataCoding: first.dataCoding,
    text: decodeText(joined(parts), first.dataCoding),
    parts,
    total,
    whole: parts.length === total,
    repeated,
  };
}

/**
 * The messages that the submits make, in the order of their first parts. A reference that comes
 * again after its message was whole starts another message, as it does when eight bits of
 * reference wrap round.
 */
export function assemble(submits: Iterable<SubmitRecord>): ReceivedMessage[] {
  const all: Assembly[] = [];
  const open = new Map<string, Assembly[]>();
  for (const submit of submits) {
    const { part } = submit;
    if (!part) {
      all.push({ first: submit, total: 1, parts: new Map([[1, submit]]), repeated: [] });
      continue;
    }
    const key = keyOf(submit);
    const candidates = open.get(key) ?? [];
    const repeats = candidates.find((each) => {
      const present = each.parts.get(part.sequence);
      return present && sameBytes(present.content, submit.content);
    });
    if (repeats) {
      repeats.repeated.push(submit);
      continue;
    }
    let assembly = candidates.find((each) => !each.parts.has(part.sequence));
    if (!assembly) {
      assembly = { first: submit, total: part.total, parts: new Map(), repeated: [] };
      all.push(assembly);
      candidates.push(assembly);
    }
    assembly.parts.set(part.sequence, submit);
    const left = candidates.filter((each) => each.parts.size < each.total);
    if (left.length > 0) open.set(key, left);
    else open.delete(key);
  }
  return all.map(messageOf);
}
