import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Banner } from "./banner.tsx";

/** A field that needs a change. */
export interface FieldFault {
  /** The id of its control. */
  readonly id: string;
  readonly label: string;
}

interface Props {
  readonly t: T<"form">;
  /** At least one; the fields say themselves what is wrong. */
  readonly faults: readonly FieldFault[];
}

/** Sums up above a form what its fields say beside them; each name leads to its field. */
export function FormErrors({ t, faults }: Props): VNode {
  // A list of links in the words of the language: each name stands for its own link.
  const marks = faults.map((_, place) => `\u0000${place}\u0000`);
  const pieces = t.format.list(marks).split("\u0000");
  const links = pieces.map((piece, at) => {
    const fault = at % 2 === 1 ? faults[Number(piece)] : undefined;
    return fault === undefined
      ? piece
      : <a key={fault.id} href={`#${fault.id}`} class="link-inline">{fault.label}</a>;
  });
  return (
    <Banner kind="down" title={t("form.notSaved")} urgent>
      {t.parts("form.needChange", { n: faults.length, fields: <span>{links}</span> })}
    </Banner>
  );
}
