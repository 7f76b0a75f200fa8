/**
 * What the profile's forms do.
 * @module
 */
import type { Context } from "fresh";
import { HttpError } from "fresh";
import type { User, UserPrincipal } from "../../../services/auth/mod.ts";
import { ConflictError, RateLimitedError, ValidationError } from "../../../services/errors/mod.ts";
import { isLanguage, type T } from "../../../services/i18n/mod.ts";
import { isTheme } from "../../appearance.ts";
import {
  type Faults,
  faultsOf,
  fieldOf,
  isFaulty,
  isId,
  nameFault,
  passwordFault,
} from "../../forms.ts";
import { wordsOf } from "../../page.ts";
import type { State } from "../../state.ts";

/** What is said afterwards. */
export const DONE = ["saved", "password", "off", "session", "sessions"] as const;
export type Done = typeof DONE[number];

/** A secret that an authenticator app is given; nothing asks for it before a code confirmed it. */
export interface Enrolment {
  readonly secret: string;
  readonly uri: string;
}

/** What came of it. */
export type Outcome =
  | { readonly kind: "done"; readonly done: Done; readonly theme?: User["theme"] }
  | { readonly kind: "everywhere" }
  | { readonly kind: "faults"; readonly faults: Faults; readonly enrolment?: Enrolment }
  | { readonly kind: "enrolment"; readonly enrolment: Enrolment }
  | { readonly kind: "codes"; readonly codes: readonly string[] };

type Act = (ctx: Context<State>, by: Owner, form: FormData, t: T) => Promise<Outcome>;

interface Owner {
  readonly ip: string;
  readonly principal: UserPrincipal;
}

async function save(ctx: Context<State>, by: Owner, form: FormData, t: T): Promise<Outcome> {
  const [name, language, theme] = ["name", "language", "theme"].map((each) => fieldOf(form, each));
  if (!isLanguage(language) || !isTheme(theme)) throw new HttpError(400);
  const faults = faultsOf({ name: nameFault(t, t("profile.name"), name ?? "") });
  if (isFaulty(faults)) return { kind: "faults", faults };
  const change = { language, name: name ?? "", theme };
  await ctx.state.services.profiles.update(by, change);
  return { kind: "done", done: "saved", theme };
}

async function password(ctx: Context<State>, by: Owner, form: FormData, t: T): Promise<Outcome> {
  const [current, next] = [fieldOf(form, "currentPassword"), fieldOf(form, "newPassword")];
  const faults = faultsOf({
    currentPassword: current === ""
      ? t("form.required", { field: t("profile.currentPassword") })
      : null,
    newPassword: passwordFault(t, t("profile.newPassword"), next) ??
      (next === current ? t("profile.samePassword") : null),
  });
  if (isFaulty(faults)) return { kind: "faults", faults };
  await ctx.state.services.profiles.changePassword(by, { current, next });
  return { kind: "done", done: "password" };
}

async function enrol(ctx: Context<State>, by: Owner, form: FormData): Promise<Outcome> {
  const { secondFactor } = ctx.state.services;
  return {
    kind: "enrolment",
    enrolment: await secondFactor.enrol(by, fieldOf(form, "factorPassword")),
  };
}

/** The secret goes along with the form, for it is stored sealed: a wrong code shows it again. */
function enrolmentOf(form: FormData): Enrolment {
  const uri = fieldOf(form, "uri");
  const secret = URL.parse(uri)?.searchParams.get("secret") ?? null;
  if (!uri.startsWith("otpauth://totp/") || uri.length > 500 || secret === null) {
    throw new HttpError(400);
  }
  return { secret, uri };
}

async function confirm(ctx: Context<State>, by: Owner, form: FormData, t: T): Promise<Outcome> {
  const enrolment = enrolmentOf(form);
  try {
    const code = fieldOf(form, "code");
    return { kind: "codes", codes: await ctx.state.services.secondFactor.confirm(by, code) };
  } catch (error) {
    return { kind: "faults", faults: refused(t, error, "code"), enrolment };
  }
}

const proofOf = (form: FormData) => ({
  code: fieldOf(form, "factorCode"),
  password: fieldOf(form, "factorPassword"),
});

async function renew(ctx: Context<State>, by: Owner, form: FormData): Promise<Outcome> {
  const { secondFactor } = ctx.state.services;
  return { kind: "codes", codes: await secondFactor.renewRecoveryCodes(by, proofOf(form)) };
}

async function disable(ctx: Context<State>, by: Owner, form: FormData): Promise<Outcome> {
  await ctx.state.services.secondFactor.disable(by, proofOf(form));
  return { kind: "done", done: "off" };
}

async function endSession(ctx: Context<State>, by: Owner, form: FormData): Promise<Outcome> {
  const id = fieldOf(form, "session");
  if (!isId(id)) throw new HttpError(400);
  await ctx.state.services.profiles.endSession(by, id);
  return { kind: "done", done: "session" };
}

async function endOthers(ctx: Context<State>, by: Owner): Promise<Outcome> {
  await ctx.state.services.profiles.endSessions(by, { keepCurrent: true });
  return { kind: "done", done: "sessions" };
}

async function endAll(ctx: Context<State>, by: Owner): Promise<Outcome> {
  await ctx.state.services.profiles.endSessions(by, { keepCurrent: false });
  return { kind: "everywhere" };
}

/** The forms by their button, and the field beside which a refusal stands. */
const ACTS: Readonly<Record<string, { readonly act: Act; readonly field: string }>> = {
  save: { act: save, field: "name" },
  password: { act: password, field: "currentPassword" },
  enrol: { act: enrol, field: "factorPassword" },
  confirm: { act: confirm, field: "code" },
  renew: { act: renew, field: "factorPassword" },
  disable: { act: disable, field: "factorPassword" },
  "end-session": { act: endSession, field: "sessions" },
  "end-others": { act: endOthers, field: "sessions" },
  "end-all": { act: endAll, field: "sessions" },
};

/** A service's refusal beside its field. */
function refused(t: T, error: unknown, field: string): Faults {
  if (error instanceof RateLimitedError) {
    const span = t.format.duration(error.retryAfterSeconds * 1000);
    return { [field]: t("signIn.locked", { span }) };
  }
  if (error instanceof ConflictError) return { [field]: t("profile.factorChanged") };
  if (!(error instanceof ValidationError)) throw error;
  const isPassword = error.faults.some((fault) => /password$/i.test(fault.field));
  if (isPassword) return { [field]: t("profile.currentWrong") };
  return { [field === "factorPassword" ? "factorCode" : field]: t("profile.codeWrong") };
}

/**
 * Does what the form asks for.
 * @throws {HttpError} 400 for what no form of ours asks
 */
export async function act(
  ctx: Context<State>,
  principal: UserPrincipal,
  form: FormData,
): Promise<Outcome> {
  const found = ACTS[fieldOf(form, "act")];
  if (found === undefined) throw new HttpError(400);
  const t = wordsOf(ctx);
  try {
    return await found.act(ctx, { ip: ctx.state.ip, principal }, form, t);
  } catch (error) {
    return { kind: "faults", faults: refused(t, error, found.field) };
  }
}
