import type { VNode } from "preact";
import { Banner } from "../../../../components/banner.tsx";
import { Button } from "../../../../components/button.tsx";
import { ButtonLink } from "../../../../components/button_link.tsx";
import { Copyable } from "../../../../components/code.tsx";
import { Panel } from "../../../../components/panel.tsx";
import { PasswordField } from "../../../../components/password_field.tsx";
import { Pill } from "../../../../components/pill.tsx";
import { TextField } from "../../../../components/text_field.tsx";
import { qrCode } from "../../../../services/auth/mod.ts";
import type { T } from "../../../../services/i18n/mod.ts";
import type { Faults } from "../../../forms.ts";
import type { Enrolment } from "../profile_acts.ts";

interface Props {
  readonly t: T;
  readonly status: { readonly enabledAt: Date | null; readonly recoveryCodesLeft: number };
  readonly enrolment: Enrolment | null;
  /** Shown this once. */
  readonly codes: readonly string[] | null;
  readonly faults: Faults;
}

/** Modules of light around a code, without which scanners don't find it. */
const QUIET = 4;

/** Dark on light in both themes: many scanners read nothing else. */
function QrImage({ t, uri }: { readonly t: T; readonly uri: string }): VNode {
  const { path, size } = qrCode(uri);
  const edge = size + 2 * QUIET;
  return (
    <svg
      viewBox={`${-QUIET} ${-QUIET} ${edge} ${edge}`}
      role="img"
      aria-label={t("profile.qrLabel")}
      shape-rendering="crispEdges"
      class="size-44 flex-none rounded-4"
    >
      <rect x={-QUIET} y={-QUIET} width={edge} height={edge} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function Password({ t, faults }: Pick<Props, "t" | "faults">): VNode {
  return (
    <PasswordField
      t={t}
      id="factorPassword"
      name="factorPassword"
      label={t("profile.currentPassword")}
      error={faults["factorPassword"]}
      autocomplete="current-password"
      required
    />
  );
}

function Begin({ t, faults }: Pick<Props, "t" | "faults">): VNode {
  return (
    <form method="post" action="/profile" class="grid max-w-80 gap-3" novalidate>
      <p class="text-ink-2">{t("profile.begin")}</p>
      <Password t={t} faults={faults} />
      <div>
        <Button type="submit" name="act" value="enrol">{t("profile.turnOn")}</Button>
      </div>
    </form>
  );
}

function Confirm(
  { t, enrolment, faults }: Pick<Props, "t" | "faults"> & { readonly enrolment: Enrolment },
): VNode {
  return (
    <form method="post" action="/profile" class="flex flex-wrap gap-6" novalidate>
      <QrImage t={t} uri={enrolment.uri} />
      <div class="grid max-w-80 min-w-60 flex-1 content-start gap-3">
        <p>{t("profile.scan")}</p>
        <p class="grid">
          <span class="text-12 text-ink-2">{t("profile.secretKey")}</span>
          <Copyable t={t} value={enrolment.secret} label={t("common.copy")} />
        </p>
        <input type="hidden" name="uri" value={enrolment.uri} />
        <TextField
          id="code"
          name="code"
          label={t("profile.code")}
          error={faults["code"]}
          inputMode="numeric"
          autocomplete="one-time-code"
          maxLength={40}
          autofocus
          required
          mono
        />
        <div class="flex gap-2">
          <Button type="submit" kind="primary" name="act" value="confirm">
            {t("profile.confirm")}
          </Button>
          <ButtonLink kind="quiet" href="/profile">{t("common.cancel")}</ButtonLink>
        </div>
      </div>
    </form>
  );
}

function Codes({ t, codes }: { readonly t: T; readonly codes: readonly string[] }): VNode {
  return (
    <>
      <Banner kind="warn" title={t("profile.recoveryTitle")}>{t("profile.recoveryText")}</Banner>
      <ul class="grid max-w-120 grid-cols-2 gap-x-6 gap-y-1 rounded-4 border border-line bg-sunken p-3 font-mono">
        {codes.map((code) => <li key={code}>{code}</li>)}
      </ul>
      <div class="mt-4 flex flex-wrap gap-2">
        <ButtonLink kind="primary" href="/profile">{t("profile.kept")}</ButtonLink>
        <Button icon="copy" data-copy={codes.join("\n")} data-copied={t("common.copied")}>
          {t("common.copy")}
        </Button>
      </div>
    </>
  );
}

function Manage({ t, faults, status }: Pick<Props, "t" | "faults" | "status">): VNode {
  return (
    <form method="post" action="/profile" class="grid max-w-80 gap-3" novalidate>
      <p class="text-ink-2">
        {t("profile.recoveryLeft", { n: status.recoveryCodesLeft })}. {t("profile.proof")}
      </p>
      <Password t={t} faults={faults} />
      <TextField
        id="factorCode"
        name="factorCode"
        label={t("profile.code")}
        error={faults["factorCode"]}
        autocomplete="one-time-code"
        maxLength={40}
        required
        mono
      />
      <div class="flex flex-wrap gap-2">
        <Button type="submit" name="act" value="renew">{t("profile.newCodes")}</Button>
        <Button type="submit" name="act" value="disable">{t("profile.turnOff")}</Button>
      </div>
    </form>
  );
}

/** Turning the second factor on and off, and its recovery codes. */
export function SecondFactorPanel({ t, codes, enrolment, faults, status }: Props): VNode {
  const { enabledAt } = status;
  return (
    <Panel
      id="second-factor"
      title={t("profile.secondFactorTitle")}
      ruled
      actions={
        <Pill tone={enabledAt === null ? "idle" : "ok"}>
          {t(enabledAt === null ? "form.off" : "form.on")}
        </Pill>
      }
    >
      {codes === null && enrolment === null && (
        <p class="mb-3">
          {enabledAt === null
            ? t("profile.secondFactorOff")
            : t("profile.secondFactorOn", { day: t.format.day(enabledAt, new Date()) })}
        </p>
      )}
      {codes !== null
        ? <Codes t={t} codes={codes} />
        : enrolment !== null
        ? <Confirm t={t} enrolment={enrolment} faults={faults} />
        : enabledAt === null
        ? <Begin t={t} faults={faults} />
        : <Manage t={t} faults={faults} status={status} />}
    </Panel>
  );
}
