import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

/** Nothing at first, then one root, then two. */
export function Growing({ name }: { name: string }): VNode | null {
  const size = useSignal(0);
  useEffect(() => globalThis.addEventListener(`grow-${name}`, () => size.value++), []);
  if (size.value === 0) return null;
  if (size.value === 1) return <b>{name}1</b>;
  return (
    <>
      <b>{name}2</b>
      <i>{name}3</i>
    </>
  );
}

/** Rows of a table, which has no place for an element around them. */
export function Rows({ names }: { names: string[] }): VNode {
  const shown = useSignal(names);
  const alive = useSignal(false);
  useEffect(() => {
    alive.value = true;
  }, []);
  return (
    <>
      {shown.value.map((name) => (
        <tr key={name} data-alive={alive}>
          <td onClick={() => shown.value = shown.value.toReversed()}>{name}</td>
        </tr>
      ))}
    </>
  );
}
