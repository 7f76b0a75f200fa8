import type { Signal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useState } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";

interface Props {
  bigint: bigint;
  bytes: Uint8Array;
  circular: Record<string, unknown>;
  date: Date;
  map: Map<unknown, unknown>;
  numbers: number[];
  pattern: RegExp;
  script: string;
  set: Set<string>;
  shared: Signal<number>;
  undefinedValue: undefined;
  url: URL;
}

/** Says what its props are, so that a test sees what of them arrived. */
function describe(props: Props): string {
  return [
    typeof props.bigint,
    props.bigint,
    props.bytes instanceof Uint8Array && props.bytes.join(),
    props.circular["self"] === props.circular,
    props.date instanceof Date && props.date.toISOString(),
    [...props.map.values()][0],
    [...props.map.values()][1] instanceof Set,
    props.numbers.join(),
    props.pattern instanceof RegExp && props.pattern,
    JSON.stringify(props.script),
    [...props.set].join(),
    "undefinedValue" in props && props.undefinedValue === undefined,
    props.url instanceof URL && props.url.hash,
  ].join(" | ");
}

export default function Kinds(props: Props): VNode {
  const [alive, setAlive] = useState(false);
  useEffect(() => setAlive(IS_BROWSER), []);
  return <pre id="kinds" data-alive={alive} data-shared={props.shared}>{describe(props)}</pre>;
}
