import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Banner } from "../components/banner.tsx";
import { Button } from "../components/button.tsx";
import { PasswordField } from "../components/password_field.tsx";
import { SignInFrame } from "../components/sign_in_frame.tsx";
import { TextField } from "../components/text_field.tsx";
import { CodeRequiredError } from "../services/auth/mod.ts";
import { RateLimitedError, UnauthenticatedError } from "../services/errors/mod.ts";
import { keepSession } from "./middleware/mod.ts";
import { wordsOf } from "./page.ts";
import { define } from "./state.ts";

/** Why the form is shown again, and what was typed. */
interface SignIn {
  readonly email: string;
  readonly fault: "wrong" | "code" | { readonly waitSeconds: number } | null;
  readonly next: string;
}

/** Where to go after signing in: a place of ours, whatever the query says. */
function placeAfter(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : "/";
}

function faultOf(error: unknown): SignIn["fault"] {
  if (error instanceof CodeRequiredError) return "code";
  if (error instanceof RateLimitedError) return { waitSeconds: error.retryAfterSeconds };
  if (error instanceof UnauthenticatedError) return "wrong";
  throw error;
}

export const handlers = define.handlers({
  GET(ctx) {
    const next = placeAfter(ctx.url.searchParams.get("next"));
    if (ctx.state.principal !== undefined) return ctx.redirect(next, 303);
    return page<SignIn>({ email: "", fault: null, next });
  },
  async POST(ctx) {
    const form = await ctx.req.formData();
    const field = (name: string) => String(form.get(name) ?? "");
    const next = placeAfter(field("next"));
    const email = field("email");
    try {
      const tokens = await ctx.state.services.auth.login({
        email,
        password: field("password"),
        ip: ctx.state.ip,
        userAgent: ctx.req.headers.get("user-agent"),
        ...(field("code") === "" ? {} : { code: field("code") }),
      });
      const response = ctx.redirect(next, 303);
      keepSession(response.headers, ctx.url, tokens);
      return response;
    } catch (error) {
      return page<SignIn>({ email, fault: faultOf(error), next }, { status: 401 });
    }
  },
});

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  const { email, fault, next } = data;
  return (
    <SignInFrame t={t} gateway="">
      <Head>
        <title>{t("app.title", { page: t("signIn.title") })}</title>
      </Head>
      <h1 class="mb-6 text-20 font-semibold">{t("signIn.title")}</h1>
      <form method="post" class="grid gap-4" autocomplete="on">
        <input type="hidden" name="next" value={next} />
        {fault !== null && fault !== "code" && (
          <Banner
            kind="down"
            urgent
            title={fault === "wrong"
              ? t("signIn.wrongPlain")
              : t("signIn.locked", { span: t.format.duration(fault.waitSeconds * 1000) })}
          />
        )}
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
        {fault === "code" && (
          <TextField
            id="code"
            name="code"
            label={t("signIn.code")}
            hint={t("signIn.codeText")}
            inputMode="numeric"
            autocomplete="one-time-code"
            mono
          />
        )}
        <Button type="submit" kind="primary">{t("signIn.submit")}</Button>
      </form>
    </SignInFrame>
  );
});
