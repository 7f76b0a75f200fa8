import type { Context } from "fresh";
import { HttpError, page } from "fresh";
import type { VNode } from "preact";
import { Button } from "../components/button.tsx";
import { PasswordField } from "../components/password_field.tsx";
import { TextField } from "../components/text_field.tsx";
import { MIN_PASSWORD_LENGTH } from "../services/auth/mod.ts";
import { ConflictError } from "../services/errors/mod.ts";
import type { T } from "../services/i18n/mod.ts";
import { VisitorFrame } from "./(_parts)/visitor_frame.tsx";
import { type Progress, WelcomeSteps } from "./(_parts)/welcome_steps.tsx";
import {
  emailFault,
  type Faults,
  faultsOf,
  fieldOf,
  isFaulty,
  nameFault,
  passwordFault,
} from "./forms.ts";
import { languageOf, wordsOf } from "./page.ts";
import { signedIn } from "./sign_in_form.ts";
import { define, type State } from "./state.ts";

/** The form of the first user, or what comes after it. */
type Welcome =
  | { readonly name: string; readonly email: string; readonly faults: Faults }
  | { readonly progress: Progress };

async function progressOf(ctx: Context<State>): Promise<Progress> {
  const { principal, services } = ctx.state;
  if (principal?.role !== "super_admin") throw new HttpError(403);
  const [health, connectors, { items }] = await Promise.all([
    services.health(),
    services.connectors.list(),
    services.messages.list(principal.scope, {}, { limit: 1 }),
  ]);
  return {
    gateway: health.dependencies.filter(({ name }) => name === "jcli" || name === "gateway-http"),
    connectors: {
      all: connectors.length,
      bound: connectors.filter(({ state }) => state === "bound").length,
    },
    hasMessage: items.length > 0,
  };
}

export const handlers = define.handlers({
  async GET(ctx) {
    if (await ctx.state.services.firstRun.needed()) {
      return page<Welcome>({ name: "", email: "", faults: {} });
    }
    if (ctx.state.principal === undefined) return ctx.redirect("/sign-in?next=/welcome", 303);
    return page<Welcome>({ progress: await progressOf(ctx) });
  },
  async POST(ctx) {
    const t = wordsOf(ctx);
    const form = await ctx.req.formData();
    const [name, email, password] = ["name", "email", "password"].map((each) =>
      fieldOf(form, each)
    );
    const typed = { name: name ?? "", email: email ?? "", password: password ?? "" };
    const faults = faultsOf({
      name: nameFault(t, t("setup.name"), typed.name),
      email: emailFault(t, t("setup.email"), typed.email),
      password: passwordFault(t, t("setup.password"), typed.password),
    });
    if (isFaulty(faults)) {
      return page<Welcome>({ name: typed.name, email: typed.email, faults }, { status: 422 });
    }
    try {
      const tokens = await ctx.state.services.firstRun.complete(
        { ...typed, language: languageOf(ctx) },
        { ip: ctx.state.ip, userAgent: ctx.req.headers.get("user-agent") },
      );
      return await signedIn(ctx, tokens, "/welcome");
    } catch (error) {
      // Somebody else came first.
      if (error instanceof ConflictError) return ctx.redirect("/sign-in", 303);
      throw error;
    }
  },
});

function FirstUser(
  { t, data }: { readonly t: T; readonly data: Exclude<Welcome, { progress: Progress }> },
): VNode {
  const { email, faults, name } = data;
  return (
    <>
      <p class="mb-4 leading-5 text-ink-2">{t("setup.welcome")}</p>
      <p class="text-12 text-ink-2">{t("setup.stepOf", { step: 1, steps: 4 })}</p>
      <h2 class="text-14 font-semibold">{t("setup.userTitle")}</h2>
      <p class="mb-4 leading-5 text-ink-2">{t("setup.userText")}</p>
      <form method="post" action="/welcome" class="grid gap-4" novalidate>
        <TextField
          id="name"
          name="name"
          label={t("setup.name")}
          value={name}
          error={faults["name"]}
          autocomplete="name"
          maxLength={120}
          required
          autofocus
        />
        <TextField
          id="email"
          name="email"
          type="email"
          label={t("setup.email")}
          value={email}
          error={faults["email"]}
          autocomplete="username"
          maxLength={254}
          required
        />
        <PasswordField
          t={t}
          id="password"
          name="password"
          label={t("setup.password")}
          hint={t("setup.passwordHint", { n: MIN_PASSWORD_LENGTH })}
          error={faults["password"]}
          autocomplete="new-password"
          required
        />
        <Button type="submit" kind="primary">{t("setup.userSubmit")}</Button>
      </form>
    </>
  );
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const t = wordsOf(props);
  return (
    <VisitorFrame t={t} req={props.req} title={t("setup.title")} back="/welcome" wide>
      <h1 class="mb-4 text-20 font-semibold">{t("setup.title")}</h1>
      {"progress" in data
        ? <WelcomeSteps t={t} progress={data.progress} />
        : <FirstUser t={t} data={data} />}
    </VisitorFrame>
  );
});
