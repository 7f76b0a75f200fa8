import type { VNode } from "preact";
import { Mono } from "../../../../components/code.tsx";
import { KeyValues } from "../../../../components/key_values.tsx";
import { SidePanel, SideSection } from "../../../../components/side_panel.tsx";
import type { AuditEntry } from "../../../../services/audit/mod.ts";
import type { T } from "../../../../services/i18n/mod.ts";
import { differenceOf } from "../difference.ts";
import { actorWord, auditHref } from "../filter.ts";

interface Props {
  readonly t: T;
  readonly entry: AuditEntry;
  readonly query: URLSearchParams;
}

/** Who did it. */
export function actorName(t: T, entry: AuditEntry): string {
  const actor = actorWord(entry);
  return "name" in actor ? actor.name : t(`audit.${actor.word}`);
}

/** One entry with what it changed. */
export function EntryPanel({ t, entry, query }: Props): VNode {
  const changes = differenceOf(entry.before, entry.after);
  const unset = <span class="text-ink-3">{t("audit.unset")}</span>;
  return (
    <SidePanel
      title={t("audit.entry", { seq: entry.seq })}
      closeHref={auditHref(query, { entry: null })}
      closeLabel={t("audit.close")}
      sub={t.format.full(entry.at)}
    >
      <SideSection>
        <KeyValues
          items={[
            { key: "action", label: t("audit.action"), value: <Mono>{entry.action}</Mono> },
            { key: "who", label: t("audit.who"), value: actorName(t, entry) },
            { key: "ip", label: t("audit.from"), value: entry.ip ?? t("common.unknown") },
            {
              key: "subject",
              label: t("audit.subject"),
              value: <Mono>{[entry.subjectType, entry.subjectId ?? ""].join(" ").trim()}</Mono>,
            },
          ]}
        />
        <p class="mt-3 flex flex-wrap gap-x-4 gap-y-1">
          {entry.actorId !== null && (
            <a class="link" href={auditHref(new URLSearchParams(), { actor: entry.actorId })}>
              {t("audit.allBy")}
            </a>
          )}
          {entry.subjectId !== null && (
            <a
              class="link"
              href={auditHref(new URLSearchParams(), {
                type: entry.subjectType,
                subject: entry.subjectId,
              })}
            >
              {t("audit.allOf")}
            </a>
          )}
        </p>
      </SideSection>
      <SideSection title={t("audit.changes")}>
        {changes.length === 0
          ? <p class="text-ink-2">{t("audit.noChange")}</p>
          : (
            <dl class="grid gap-3">
              {changes.map(({ after, before, field }) => (
                <div key={field}>
                  <dt class="mb-1 font-mono text-12 text-ink-2">{field}</dt>
                  <dd class="grid gap-px overflow-hidden rounded-4 border border-line text-12 leading-5 [overflow-wrap:anywhere]">
                    {entry.before !== null && (
                      <span class="flex gap-2 bg-down-soft px-2 py-1">
                        <span aria-hidden="true" class="text-down-text">−</span>
                        <span class="sr-only">{t("audit.before")}:</span>
                        <span class="min-w-0">{before ?? unset}</span>
                      </span>
                    )}
                    {entry.after !== null && (
                      <span class="flex gap-2 bg-ok-soft px-2 py-1">
                        <span aria-hidden="true" class="text-ok-text">+</span>
                        <span class="sr-only">{t("audit.after")}:</span>
                        <span class="min-w-0">{after ?? unset}</span>
                      </span>
                    )}
                  </dd>
                </div>
              ))}
            </dl>
          )}
      </SideSection>
    </SidePanel>
  );
}
