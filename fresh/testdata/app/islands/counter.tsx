import type { ReadonlySignal, Signal } from "@preact/signals";
import type { VNode } from "preact";

export function Counter({ count, label }: { count: Signal<number>; label: string }): VNode {
  return (
    <button type="button" id={`counter-${label}`} onClick={() => count.value++}>
      {label}: {count}
    </button>
  );
}

export function Display(
  { count, doubled }: { count: Signal<number>; doubled: ReadonlySignal<number> },
): VNode {
  return <output id="display">{count} and {doubled}</output>;
}
