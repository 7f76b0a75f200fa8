import { page } from "fresh";
import type { VNode } from "preact";
import { Banner } from "../components/banner.tsx";
import { Button } from "../components/button.tsx";
import { PasswordField } from "../components/password_field.tsx";
import { TextField } from "../components/text_field.tsx";
import type { T } from "../services/i18n/mod.ts";
import { VisitorFrame } from "./(_parts)/visitor_frame.tsx";
import { fieldOf } from "./forms.ts";
import { deleteCookie, getCookies, setCookie } from "./middleware/mod.ts";
import { wordsOf } from "./page.ts";
import { PENDING_SECONDS, PendingSignIns } from "./pending_sign_ins.ts";
import { placeAfter } from "./places.ts";
import { faultOf, signedIn, type SignInFault } from "./sign_in_form.ts";
import { define } from "./state.ts";

/** Which step is shown, why again, and what was typed. */
interface SignIn {
  readonly step: "password" | "code";
  readonly email: string;
  readonly fault: SignInFault | null;
  readonly notice: "out" | "everywhere" | null;
  readonly next: string;
}

const TICKET = "jd_pending";
const pending = new PendingSignIns();

export const handlers = define.handlers({
  async GET(ctx) {
    const { searchParams } = ctx.url;
    const next = placeAfter(searchParams.get("next"));
    if (ctx.state.principal !== undefined) return ctx.redirect(next, 303);
    if (await ctx.state.services.firstRun.needed()) return ctx.redirect("/welcome", 303);
    const out = searchParams.get("out");
    const notice = out === null ? null : out === "everywhere" ? "everywhere" : "out";
    return page<SignIn>({ step: "password", email: "", fault: null, notice, next });
  },
  async POST(ctx) {
    const form = await ctx.req.formData();
    const next = placeAfter(fieldOf(form, "next"));
    const code = fieldOf(form, "code");
    const ticket = getCookies(ctx.req.headers).get(TICKET) ?? "";
    const isCode = form.has("code");
    const typed = { email: fieldOf(form, "email"), password: fieldOf(form, "password") };
    const shown = isCode ? pending.find(ticket) : typed;
    const again = (email: string, fault: SignInFault) => ({ email, fault, notice: null, next });
    if (shown === null) {
      return page<SignIn>({ step: "password", ...again("", "expired") }, { status: 401 });
    }
    try {
      const tokens = await ctx.state.services.auth.login({
        ...shown,
        ...(isCode ? { code } : {}),
        ip: ctx.state.ip,
        userAgent: ctx.req.headers.get("user-agent"),
      });
      pending.drop(ticket);
      const response = await signedIn(ctx, tokens, next);
      if (isCode) deleteCookie(response.headers, TICKET);
      return response;
    } catch (error) {
      const fault = faultOf(error);
      const isLocked = typeof fault === "object" && fault.kind === "locked";
      const step = fault === "code" || (isCode && isLocked) ? "code" : "password";
      const headers = new Headers();
      if (step === "code" && !isCode) {
        setCookie(headers, TICKET, pending.keep(typed), {
          secure: ctx.url.protocol === "https:",
          maxAgeSeconds: PENDING_SECONDS,
        });
      }
      const status = isLocked ? 429 : 401;
      const first = fault === "code" && !isCode;
      const data = {
        step,
        ...again(shown.email, fault),
        ...(first ? { fault: null } : {}),
      } as const;
      return page<SignIn>(data, { status: first ? 200 : status, headers });
    }
  },
});

function faultWords(t: T, fault: SignInFault): string {
  if (typeof fault === "object") {
    const span = (seconds: number) => t.format.duration(seconds * 1000);
    if (fault.kind === "locked") return t("signIn.locked", { span: span(fault.waitSeconds) });
    const { pauseSeconds, triesLeft } = fault.next;
    return triesLeft > 0
      ? t("signIn.wrong", { n: triesLeft })
      : t("signIn.wrongPause", { span: span(pauseSeconds) });
  }
  const keys = {
    wrong: "signIn.wrongPlain",
    disabled: "signIn.disabled",
    code: "signIn.codeWrongPlain",
    expired: "signIn.expired",
  } as const;
  return t(keys[fault]);
}

function PasswordStep({ t, email }: { readonly t: T; readonly email: string }): VNode {
  return (
    <>
      <TextField
        id="email"
        name="email"
        label={t("signIn.email")}
        type="email"
        autocomplete="username"
        required
        value={email}
        autofocus={email === ""}
      />
      <PasswordField
        t={t}
        id="password"
        name="password"
        label={t("signIn.password")}
        autocomplete="current-password"
        required
        autofocus={email !== ""}
      />
      <Button type="submit" kind="primary">{t("signIn.submit")}</Button>
      <p class="text-ink-2">{t("signIn.secondFactorNote")}</p>
    </>
  );
}

function CodeStep({ t, wrong }: { readonly t: T; readonly wrong: string | undefined }): VNode {
  return (
    <>
      <p class="text-ink-2">{t("signIn.codeText")}</p>
      <TextField
        id="code"
        name="code"
        label={t("signIn.code")}
        hint={t("signIn.recoveryHint")}
        error={wrong}
        autocomplete="one-time-code"
        autocapitalize="none"
        spellcheck={false}
        maxLength={40}
        required
        autofocus
        mono
      />
      <Button type="submit" kind="primary">{t("signIn.codeSubmit")}</Button>
      <p>
        <a href="/sign-in" class="link">{t("signIn.otherUser")}</a>
      </p>
    </>
  );
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { email, fault, next, notice, step } = data;
  const title = t(step === "code" ? "signIn.codeTitle" : "signIn.title");
  const isCodeFault = fault === "code";
  const back = next === "/" ? "/sign-in" : `/sign-in?next=${encodeURIComponent(next)}`;
  return (
    <VisitorFrame t={t} req={props.req} title={title} back={back}>
      <h1 class="mb-4 text-20 font-semibold">{title}</h1>
      {fault !== null && !isCodeFault && <Banner kind="down" urgent title={faultWords(t, fault)} />}
      {notice !== null && (
        <Banner
          kind="plain"
          icon="check"
          title={t(notice === "out" ? "signIn.signedOut" : "signIn.signedOutEverywhere")}
        />
      )}
      <form method="post" action="/sign-in" class="grid gap-4">
        <input type="hidden" name="next" value={next} />
        {step === "code"
          ? <CodeStep t={t} wrong={isCodeFault ? faultWords(t, "code") : undefined} />
          : <PasswordStep t={t} email={email} />}
      </form>
    </VisitorFrame>
  );
});
