import type { VNode } from "preact";
import { FieldGroup } from "../../../../components/field_group.tsx";
import { type FieldFault, FormErrors } from "../../../../components/form_errors.tsx";
import { SelectField } from "../../../../components/select_field.tsx";
import { TextField } from "../../../../components/text_field.tsx";
import type { Role } from "../../../../services/accounts/mod.ts";
import { LANGUAGES, type T } from "../../../../services/i18n/mod.ts";
import type { Faults } from "../../../forms.ts";
import type { UserFields as Fields } from "../user_form.ts";

interface Props {
  readonly t: T;
  readonly fields: Fields;
  readonly faults: Faults;
  /** Those that may be given; one that is fixed is the only one. */
  readonly roles: readonly Role[];
}

/** The summary above a form, naming each field that is wrong. */
export function FaultSummary(
  { t, faults, labels }: {
    readonly t: T;
    readonly faults: Faults;
    readonly labels: Readonly<Record<string, string>>;
  },
): VNode | null {
  const named = Object.keys(faults).map((id): FieldFault => ({ id, label: labels[id] ?? id }));
  return named.length === 0 ? null : <FormErrors t={t} faults={named} />;
}

/** Name, address, role and language of a user. */
export function UserFields({ t, fields, faults, roles }: Props): VNode {
  return (
    <FieldGroup>
      <TextField
        id="name"
        name="name"
        label={t("users.name")}
        value={fields.name}
        error={faults["name"]}
        maxLength={120}
        autocomplete="off"
        required
      />
      <TextField
        id="email"
        name="email"
        label={t("users.email")}
        type="email"
        value={fields.email}
        error={faults["email"]}
        maxLength={254}
        autocomplete="off"
        required
      />
      <SelectField
        id="role"
        name="role"
        label={t("users.role")}
        value={fields.role}
        error={faults["role"]}
        choices={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
      />
      <SelectField
        id="language"
        name="language"
        label={t("languages.label")}
        value={fields.language}
        choices={LANGUAGES.map((each) => ({ value: each, label: t(`languages.${each}`) }))}
      />
    </FieldGroup>
  );
}
