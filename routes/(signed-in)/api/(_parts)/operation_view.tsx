import type { VNode } from "preact";
import { Badge } from "../../../../components/badge.tsx";
import { Code } from "../../../../components/code.tsx";
import { Panel } from "../../../../components/panel.tsx";
import DocsTry from "../../../../islands/docs_try.tsx";
import type { T } from "../../../../services/i18n/mod.ts";
import type { Field, Operation } from "../reference.ts";

function accessWords(t: T, access: string): string {
  if (access === "public") return t("apiDocs.forAll");
  if (access === "signed-in") return t("apiDocs.forSignedIn");
  return access === "session" ? t("apiDocs.forPeople") : t("apiDocs.needs", { permission: access });
}

function Fields({ t, fields }: { readonly t: T; readonly fields: readonly Field[] }): VNode {
  return (
    <dl class="grid">
      {fields.map(({ meaning, name, required, type }) => (
        <div key={name} class="border-t border-line py-1.5 first:border-t-0">
          <dt class="flex flex-wrap items-baseline gap-x-2 [overflow-wrap:anywhere]">
            <span class="font-mono text-12 font-medium">{name}</span>
            <span class="min-w-0 font-mono text-11 text-ink-2">{type}</span>
            {required && <span class="text-11 text-warn-text">{t("apiDocs.needed")}</span>}
          </dt>
          {meaning !== "" && <dd class="text-12 text-ink-2">{meaning}</dd>}
        </div>
      ))}
    </dl>
  );
}

function curlOf({ body, method, path }: Operation, origin: string): string {
  const lines = [`curl -X ${method} '${origin}${path}'`, `-H 'Authorization: Bearer TOKEN'`];
  if (body !== null) {
    const json = JSON.stringify(JSON.parse(body.example)).replaceAll("'", `'\\''`);
    lines.push(`-H 'Content-Type: application/json'`, `-d '${json}'`);
  }
  return lines.join(" \\\n  ");
}

interface Props {
  readonly t: T;
  readonly operation: Operation;
  readonly origin: string;
  /** Whether the reader's role may call it. */
  readonly may: boolean;
}

/** One request: what it takes, what it answers, and a place to try it. */
export function OperationView({ t, may, operation, origin }: Props): VNode {
  const { access, body, description, method, parameters, path, replies, summary } = operation;
  return (
    <div class="grid min-w-0 content-start gap-4">
      <Panel>
        <h2 class="text-16 font-semibold">{summary}</h2>
        <p class="mt-1 font-mono text-12 [overflow-wrap:anywhere]">
          <b class="font-medium">{method}</b> {path}
        </p>
        {description !== null && <p class="mt-2 max-w-[64ch] leading-5 text-ink-2">{description}
        </p>}
        <p class="mt-2 flex flex-wrap gap-2">
          <Badge>{accessWords(t, access)}</Badge>
          {!may && <Badge kind="warn">{t("apiDocs.noPermission")}</Badge>}
        </p>
      </Panel>
      {parameters.length > 0 && (
        <Panel title={t("apiDocs.parameters")} ruled>
          <Fields t={t} fields={parameters} />
        </Panel>
      )}
      {body !== null && (
        <Panel title={t("apiDocs.body")} ruled>
          <Fields t={t} fields={body.fields} />
        </Panel>
      )}
      <Panel title={t("apiDocs.tryIt")} ruled>
        <DocsTry
          key={operation.id}
          spoken={t.spoken("apiDocs", "form")}
          method={method}
          path={path}
          parameters={parameters.map((each) => ({
            name: each.name,
            in: each.in,
            required: each.required,
          }))}
          body={body?.example ?? null}
        />
      </Panel>
      <Panel title={t("apiDocs.terminal")} ruled>
        <Code label={`curl, ${operation.summary}`}>{curlOf(operation, origin)}</Code>
      </Panel>
      <Panel title={t("apiDocs.responses")} ruled>
        {replies.map(({ fields, meaning, status }) => (
          <details key={status} class="border-t border-line py-1.5 first:border-t-0">
            <summary class="cursor-pointer leading-6 touch:leading-11">
              <span class="font-mono text-12 font-medium">{status}</span> {meaning}
            </summary>
            {fields.length > 0 ? <Fields t={t} fields={fields} /> : (
              <p class="text-12 text-ink-2">
                {Number(status) < 400 ? t("apiDocs.noBody") : "application/problem+json"}
              </p>
            )}
          </details>
        ))}
      </Panel>
    </div>
  );
}
