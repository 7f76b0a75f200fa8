import type { Context } from "fresh";
import { HttpError, page } from "fresh";
import { Head } from "fresh/runtime";
import type { VNode } from "preact";
import { AppShell } from "../../../components/app_shell.tsx";
import { Banner } from "../../../components/banner.tsx";
import { Button } from "../../../components/button.tsx";
import { Code } from "../../../components/code.tsx";
import { EmptyState } from "../../../components/empty_state.tsx";
import { FormErrors } from "../../../components/form_errors.tsx";
import { Cell, Grid } from "../../../components/grid.tsx";
import { Panel } from "../../../components/panel.tsx";
import { SelectField } from "../../../components/select_field.tsx";
import { TextField } from "../../../components/text_field.tsx";
import { can } from "../../../services/auth/mod.ts";
import {
  AppError,
  ConflictError,
  UnavailableError,
  ValidationError,
} from "../../../services/errors/mod.ts";
import {
  CID_SHAPE,
  maskedUrl,
  type MoAnswer,
  type UsedHttpConnector,
} from "../../../services/gateway/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { DoneNotice } from "../../(_parts)/done_notice.tsx";
import { type Faults, fieldOf, isFaulty } from "../../forms.ts";
import { requirePage, wordsOf } from "../../page.ts";
import { type Shell, shellOf } from "../../shell.ts";
import { define, type State } from "../../state.ts";
import { ConnectorTabs } from "../connectors/(_parts)/connector_tabs.tsx";
import { HttpTable } from "./(_parts)/http_table.tsx";
import { httpFaults, type HttpForm, NEW_HTTP, readHttpForm } from "./http_form.ts";

interface HttpPage {
  readonly shell: Shell;
  /** Null while the gateway can't be spoken to. */
  readonly connectors: readonly UsedHttpConnector[] | null;
  readonly mayWrite: boolean;
  readonly form: HttpForm;
  readonly faults: Faults;
  readonly failed: string | null;
  readonly tested: { readonly cid: string; readonly answer: MoAnswer } | null;
  readonly done: { readonly what: "created" | "removed"; readonly cid: string } | null;
}

type Said = Partial<Pick<HttpPage, "form" | "faults" | "failed" | "tested">>;

const DONE = ["created", "removed"] as const;

function readDone({ searchParams }: URL): HttpPage["done"] {
  const [word, cid = ""] = (searchParams.get("done") ?? "").split(".");
  const what = DONE.find((each) => each === word);
  return what === undefined || !CID_SHAPE.test(cid) ? null : { what, cid };
}

async function gather(ctx: Context<State>, said: Said = {}): Promise<HttpPage> {
  const principal = requirePage(ctx, "connectors:read");
  const mayWrite = can(principal, "connectors:write");
  const t = wordsOf(ctx);
  let connectors: HttpPage["connectors"] = null;
  try {
    connectors = (await ctx.state.services.httpConnectors.list()).map((each) =>
      mayWrite ? each : { ...each, url: maskedUrl(each.url) }
    );
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
  }
  return {
    shell: await shellOf(ctx, {
      current: "connectors",
      live: false,
      crumbs: [
        { label: t("connectors.title"), href: "/connectors" },
        { label: t("connectors.http") },
      ],
    }),
    connectors,
    mayWrite,
    form: NEW_HTTP,
    faults: {},
    failed: null,
    tested: null,
    done: readDone(ctx.url),
    ...said,
  };
}

/** What the service refuses: beside its field, or of the whole. */
function refused(t: T, form: HttpForm, error: AppError): Said {
  if (error instanceof ConflictError) {
    return { form, faults: { cid: t("connectorForm.faultTaken", { name: form.cid }) } };
  }
  if (error instanceof ValidationError) {
    const known = error.faults.filter(({ field }) => field === "cid" || field === "url");
    if (known.length > 0) {
      return { form, faults: Object.fromEntries(known.map((each) => [each.field, each.message])) };
    }
  }
  return { form, failed: error.message };
}

export const handlers = define.handlers({
  async GET(ctx) {
    return page<HttpPage>(await gather(ctx));
  },
  async POST(ctx) {
    const principal = requirePage(ctx, "connectors:write");
    const { httpConnectors } = ctx.state.services;
    const operator = { userId: principal.userId, ip: ctx.state.ip };
    const t = wordsOf(ctx);
    const data = await ctx.req.formData();
    const act = fieldOf(data, "act");
    const form = readHttpForm(data);
    try {
      switch (act) {
        case "add": {
          const faults = httpFaults(t, form);
          if (isFaulty(faults)) {
            return page<HttpPage>(await gather(ctx, { form, faults }), { status: 422 });
          }
          await httpConnectors.create(form, operator);
          return ctx.redirect(`/http-connectors?done=created.${form.cid}`, 303);
        }
        case "remove":
          await httpConnectors.remove(form.cid, true, operator);
          return ctx.redirect(`/http-connectors?done=removed.${form.cid}`, 303);
        case "test": {
          const answer = await httpConnectors.test(form.cid, operator);
          return page<HttpPage>(await gather(ctx, { tested: { cid: form.cid, answer } }));
        }
        default:
          throw new HttpError(400);
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const said = act === "add" ? refused(t, form, error) : { failed: error.message };
      return page<HttpPage>(await gather(ctx, said), { status: 422 });
    }
  },
});

/** What the application answered to the call. */
function Answer({ t, tested: { cid, answer } }: {
  readonly t: T;
  readonly tested: NonNullable<HttpPage["tested"]>;
}): VNode {
  if (answer.kind === "failed") {
    return (
      <Banner
        kind="down"
        title={t("httpConnectors.noAnswer", { name: cid, reason: answer.reason })}
      />
    );
  }
  const { acknowledged, body, status, tookMs } = answer;
  const said = { name: cid, status: String(status), span: t.format.duration(tookMs) };
  return (
    <>
      <Banner
        kind={acknowledged ? "info" : "warn"}
        title={t(acknowledged ? "httpConnectors.acked" : "httpConnectors.notAcked", said)}
      >
        {acknowledged ? null : t("httpConnectors.notAckedText")}
      </Banner>
      <div class="mb-4">
        <Panel title={t("httpConnectors.answer")}>
          {body === ""
            ? <p class="text-ink-2">{t("httpConnectors.answerEmpty")}</p>
            : <Code label={t("httpConnectors.answer")}>{body}</Code>}
        </Panel>
      </div>
    </>
  );
}

/** A new connector. */
function AddForm({ t, form, faults }: {
  readonly t: T;
  readonly form: HttpForm;
  readonly faults: Faults;
}): VNode {
  return (
    <form method="post" action="/http-connectors" novalidate>
      <Panel title={t("httpConnectors.add")} ruled>
        <div class="grid gap-4">
          <p class="text-ink-2">{t("httpConnectors.about")}</p>
          <TextField
            id="cid"
            name="cid"
            jcliKey="cid"
            label={t("httpConnectors.id")}
            hint={t("connectorHelp.cid")}
            value={form.cid}
            error={faults["cid"]}
            maxLength={25}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            required
          />
          <TextField
            id="url"
            name="url"
            jcliKey="url"
            label={t("httpConnectors.url")}
            hint={t("httpConnectors.urlHint")}
            value={form.url}
            error={faults["url"]}
            inputMode="url"
            autocomplete="off"
            spellcheck={false}
            required
          />
          <SelectField
            id="method"
            name="method"
            jcliKey="method"
            label={t("httpConnectors.method")}
            value={form.method}
            choices={["POST", "GET"].map((value) => ({ value, label: value }))}
          />
          <div>
            <Button type="submit" kind="primary" name="act" value="add">
              {t("httpConnectors.add")}
            </Button>
          </div>
        </div>
      </Panel>
    </form>
  );
}

export default define.page<typeof handlers>(({ data, ...props }) => {
  const { shell, connectors, mayWrite, form, faults, failed, tested, done } = data;
  const t = wordsOf(props);
  const labels: Readonly<Record<string, string>> = {
    cid: t("httpConnectors.id"),
    url: t("httpConnectors.url"),
  };
  return (
    <AppShell {...shell}>
      <Head>
        <title>{t("app.title", { page: t("connectors.http") })}</title>
      </Head>
      <DoneNotice
        text={done === null ? null : t(`httpConnectors.${done.what}`, { name: done.cid })}
      />
      <ConnectorTabs t={t} current="http" />
      {isFaulty(faults) && (
        <FormErrors
          t={t}
          faults={Object.keys(faults).map((id) => ({ id, label: labels[id] ?? id }))}
        />
      )}
      {failed !== null && (
        <Banner kind="down" urgent title={t("connectorForm.refused")}>{failed}</Banner>
      )}
      {tested !== null && <Answer t={t} tested={tested} />}
      <Grid>
        <Cell span={mayWrite ? "twoThirds" : "full"}>
          <div class="self-start">
            <Panel
              label={t("connectors.http")}
              padded={false}
              {...mayWrite ? {} : { foot: t("httpConnectors.masked") }}
            >
              {connectors === null
                ? (
                  <EmptyState kind="error" title={t("connectorForm.staleTitle")}>
                    {t("httpConnectors.awayText")}
                  </EmptyState>
                )
                : <HttpTable t={t} connectors={connectors} mayWrite={mayWrite} />}
            </Panel>
          </div>
        </Cell>
        {mayWrite && (
          <Cell span="side">
            <div class="self-start">
              <AddForm t={t} form={form} faults={faults} />
            </div>
          </Cell>
        )}
      </Grid>
    </AppShell>
  );
});
