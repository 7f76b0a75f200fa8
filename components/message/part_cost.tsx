import type { VNode } from "preact";
import type { T } from "../../services/i18n/client.ts";
import { Button } from "../button.tsx";
import { costOf, type Culprit, culpritsOf } from "./replacements.ts";

/** Suggestions that are shown at once; a text in another script has hundreds. */
const MOST = 6;

interface Props {
  readonly t: T<"compose">;
  readonly text: string;
  readonly onReplace: (culprits: readonly Culprit[]) => void;
}

/** A character that can be seen, by its code where it can't. */
function visible(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return /^[\p{Z}\p{C}]/u.test(character)
    ? `U+${code.toString(16).toUpperCase().padStart(4, "0")}`
    : `“${character}”`;
}

/** What characters outside of GSM-7 cost, and what to put in their place. */
export function PartCost({ t, text, onReplace }: Props): VNode | null {
  const culprits = culpritsOf(text);
  if (culprits.length === 0) return null;
  const { parts, inGsm } = costOf(text);
  const replaceable = culprits.filter(({ replacement }) => replacement !== null);
  return (
    <div class="grid gap-2 rounded-4 border border-warn-line bg-warn-soft px-3 py-2 text-12">
      <p class="text-ink">
        {parts > inGsm ? t("compose.cost", { n: parts, without: inGsm }) : t("compose.costNone")}
      </p>
      {replaceable.length > 0 && (
        <div class="flex flex-wrap gap-1">
          {replaceable.slice(0, MOST).map((culprit) => (
            <Button
              key={culprit.character}
              small
              onClick={() => onReplace([culprit])}
            >
              {culprit.replacement === ""
                ? t("compose.removeOne", { char: visible(culprit.character) })
                : t("compose.replaceWith", {
                  char: visible(culprit.character),
                  other: visible(culprit.replacement ?? ""),
                })}
            </Button>
          ))}
          {replaceable.length > 1 && (
            <Button
              small
              kind="quiet"
              onClick={() => onReplace(replaceable)}
            >
              {t("compose.replaceAll", { n: replaceable.length })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
