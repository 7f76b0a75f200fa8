import { useSignal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";

interface Props {
  id: string;
  title: ComponentChildren;
  open?: boolean;
  children?: ComponentChildren;
}

export default function Disclosure({ children, id, open = false, title }: Props): VNode {
  const shown = useSignal(open);
  return (
    <section id={id}>
      <button type="button" class="toggle" onClick={() => shown.value = !shown.value}>
        {title}
      </button>
      {shown.value && <div class="content">{children}</div>}
    </section>
  );
}
