import type { VNode } from "preact";
import { Banner } from "../../components/banner.tsx";

/** What a form has just done, on the page that it led to: said without a script too. */
export function DoneNotice({ text }: { readonly text: string | null }): VNode | null {
  return text === null ? null : <Banner kind="plain" icon="check" title={text} />;
}
