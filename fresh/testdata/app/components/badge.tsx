import type { VNode } from "preact";

export function Badge({ text }: { text: string }): VNode {
  return <span class="rounded-full bg-[#123456] px-2">{text}</span>;
}
