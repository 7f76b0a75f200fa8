import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { Button } from "../components/button.tsx";
import { Code } from "../components/code.tsx";
import { StateWord } from "../components/state_word.tsx";
import { TextArea } from "../components/text_area.tsx";
import { TextField } from "../components/text_field.tsx";
import { speak, type Spoken, type T } from "../services/i18n/client.ts";

interface Props {
  spoken: Spoken<"apiDocs" | "form">;
  method: string;
  /** With its parameters in braces. */
  path: string;
  parameters: { name: string; in: "path" | "query" | "header"; required: boolean }[];
  /** An example to begin with; null without a body. */
  body: string | null;
}

interface Answer {
  readonly status: string;
  readonly ok: boolean;
  readonly text: string;
}

function urlOf({ parameters, path }: Props, values: FormData): string {
  const query = new URLSearchParams();
  let filled = path;
  for (const { in: place, name } of parameters) {
    const value = String(values.get(name) ?? "");
    if (place === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(value));
    else if (place === "query" && value !== "") query.append(name, value);
  }
  return query.size === 0 ? filled : `${filled}?${query}`;
}

function headersOf({ body, parameters }: Props, values: FormData): Headers {
  const headers = new Headers({ Accept: "application/json" });
  const token = String(values.get("token") ?? "").trim();
  if (token !== "") headers.set("Authorization", `Bearer ${token}`);
  if (body !== null) headers.set("Content-Type", "application/json");
  for (const { in: place, name } of parameters) {
    const value = String(values.get(name) ?? "");
    if (place === "header" && value !== "") headers.set(name, value);
  }
  return headers;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function ask(t: T<"apiDocs" | "form">, props: Props, values: FormData): Promise<Answer> {
  const began = performance.now();
  try {
    const response = await fetch(urlOf(props, values), {
      method: props.method,
      headers: headersOf(props, values),
      ...props.body === null ? {} : { body: String(values.get("body") ?? "") },
    });
    const text = await response.text();
    const span = t.format.duration(performance.now() - began);
    return {
      ok: response.ok,
      status: t("apiDocs.answeredIn", { status: String(response.status), span }),
      text: text === "" ? t("apiDocs.noBody") : pretty(text),
    };
  } catch {
    return { ok: false, status: t("apiDocs.unreached"), text: "" };
  }
}

/** Sends a request as it is filled in, and shows what came back. */
export default function DocsTry(props: Props): VNode {
  const t = speak(props.spoken);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [fault, setFault] = useState<string | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  const send = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.currentTarget instanceof HTMLFormElement)) return;
    const values = new FormData(event.currentTarget);
    if (props.body !== null) {
      try {
        JSON.parse(String(values.get("body") ?? ""));
      } catch (error) {
        const reason = error instanceof Error ? error.message : "";
        return setFault(t("apiDocs.notJson", { reason }));
      }
    }
    setFault(undefined);
    setBusy(true);
    setAnswer(await ask(t, props, values));
    setBusy(false);
  };
  return (
    <form class="grid gap-3" onSubmit={send}>
      {props.parameters.map(({ in: place, name, required }) => (
        <TextField
          key={`${place} ${name}`}
          id={`try-${name}`}
          name={name}
          label={name}
          beside={
            <span class="text-11 text-ink-3">
              {required ? t("apiDocs.needed") : t("apiDocs.place", { place })}
            </span>
          }
          required={required}
          autocomplete="off"
          mono
        />
      ))}
      {props.body !== null && (
        <TextArea
          id="try-body"
          name="body"
          label={t("apiDocs.body")}
          error={fault}
          rows={Math.min(16, props.body.split("\n").length + 1)}
          spellcheck={false}
          defaultValue={props.body}
        />
      )}
      <TextField
        id="try-token"
        name="token"
        label={t("apiDocs.token")}
        hint={t("apiDocs.tokenHint")}
        autocomplete="off"
        spellcheck={false}
        mono
      />
      <div class="flex flex-wrap items-center gap-3">
        <Button type="submit" disabled={busy}>{t("apiDocs.send")}</Button>
        {props.method !== "GET" && <span class="text-12 text-ink-2">{t("apiDocs.real")}</span>}
      </div>
      <div aria-live="polite" class="grid min-w-0 gap-2">
        {answer !== null && (
          <>
            <StateWord tone={answer.ok ? "ok" : "down"}>{answer.status}</StateWord>
            {answer.text !== "" && <Code label={t("apiDocs.response")}>{answer.text}</Code>}
          </>
        )}
      </div>
    </form>
  );
}
