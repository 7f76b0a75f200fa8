import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

export default function Cart({ items }: { items: number }): VNode {
  const count = useSignal(items);
  return <button type="button" id="cart" onClick={() => count.value++}>{count} in cart</button>;
}
