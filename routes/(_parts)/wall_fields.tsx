import type { VNode } from "preact";
import { Checkbox } from "../../components/checkbox.tsx";
import { FieldSet } from "../../components/field_group.tsx";
import { Glyph } from "../../components/glyph.tsx";
import { TextField } from "../../components/text_field.tsx";
import type { T } from "../../services/i18n/mod.ts";
import { WALL_PANELS, WALL_THEMES } from "../../services/wall/mod.ts";
import type { Faults } from "../forms.ts";
import { panelName, type WallForm } from "../(signed-in)/walls/form.ts";

interface Props {
  readonly t: T;
  readonly form: WallForm;
  readonly faults: Faults;
}

/** Name, panels and theme of a wall display. */
export function WallFields({ t, form, faults }: Props): VNode {
  return (
    <>
      <TextField
        id="name"
        name="name"
        label={t("walls.name")}
        hint={t("walls.nameHint")}
        error={faults["name"]}
        value={form.name}
        required
        maxLength={80}
        autocomplete="off"
      />
      <FieldSet legend={t("walls.panels")}>
        {WALL_PANELS.map((panel) => (
          <Checkbox
            key={panel}
            name="panels"
            value={panel}
            checked={form.panels.includes(panel)}
            label={panelName(t, panel)}
          />
        ))}
        {faults["panels"] !== undefined && (
          <p class="flex w-full gap-1 text-12 text-down-text">
            <Glyph tone="down" class="mt-0.5" />
            {faults["panels"]}
          </p>
        )}
      </FieldSet>
      <FieldSet legend={t("walls.theme")}>
        {WALL_THEMES.map((theme) => (
          <Checkbox
            key={theme}
            type="radio"
            name="theme"
            value={theme}
            checked={form.theme === theme}
            label={t(`walls.${theme}`)}
          />
        ))}
      </FieldSet>
    </>
  );
}
