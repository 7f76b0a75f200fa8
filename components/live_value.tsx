import type { ComponentChildren, VNode } from "preact";
import { cx } from "./cx.ts";

/** Room kept for the widest value, in figures, so that nothing beside it moves. */
const ROOM = {
  2: "min-w-[2ch]",
  3: "min-w-[3ch]",
  4: "min-w-[4ch]",
  5: "min-w-[5ch]",
  6: "min-w-[6ch]",
  7: "min-w-[7ch]",
  8: "min-w-[8ch]",
  9: "min-w-[9ch]",
} as const;

interface Props {
  /** What an island finds it by, such as `mt.rate`. */
  readonly name?: string;
  readonly room?: keyof typeof ROOM;
  /** Whether this value alone is old; else a `data-stale` above it says so for all. */
  readonly stale?: boolean;
  readonly title?: string | undefined;
  readonly children: ComponentChildren;
}

/** A value that changes while one looks. Over 15 s without data it turns grey and dotted. */
export function LiveValue({ name, room, stale = false, title, children }: Props): VNode {
  return (
    <span
      data-live={name}
      title={title}
      class={cx(
        "inline-block rounded-2",
        "stale:text-ink-3 stale:underline stale:decoration-dotted stale:underline-offset-4",
        stale && "text-ink-3 underline decoration-dotted underline-offset-4",
        room !== undefined && ROOM[room],
      )}
    >
      {children}
    </span>
  );
}
