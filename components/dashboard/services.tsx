import type { VNode } from "preact";
import type { ServiceNow } from "./state.ts";
import type { T } from "../../services/i18n/client.ts";
import { bloomWords, type ServiceView } from "../bloom.tsx";
import { Panel } from "../panel.tsx";
import { StateWord } from "../state_word.tsx";
import { serviceName } from "./words.ts";

const TONES = { up: "ok", down: "down", unknown: "idle" } as const;

/** The services as the bloom has them. */
export function petalsOf(services: readonly ServiceNow[]): ServiceView[] {
  return services.map(({ name, state }) => ({
    name: name === "gateway-http" ? "http" : name,
    state,
  }));
}

interface Props {
  readonly t: T<"alerts" | "dashboard" | "services">;
  readonly services: readonly ServiceNow[];
  readonly now: number;
}

/** Each service with its state, since when, and what was last wrong with it. */
export function Services({ t, services, now }: Props): VNode {
  const { format } = t;
  const present = new Date(now);
  return (
    <Panel title={t("services.title")} sub={bloomWords(t, petalsOf(services))} padded={false} ruled>
      <ul>
        {services.map(({ name, state, since, lastError, lastErrorAt }) => (
          <li
            key={name}
            data-service={name}
            class="border-b border-line px-4 py-1.5 last:border-b-0 max-sm:px-3"
          >
            <div class="flex min-h-5 items-center justify-between gap-2">
              <span class="min-w-0 truncate">{serviceName(t, name)}</span>
              <StateWord tone={TONES[state]}>
                {t(`services.${state}`)}
                {since !== null && (
                  <time
                    class="font-regular text-12 text-ink-3"
                    dateTime={new Date(since).toISOString()}
                    title={format.full(new Date(since))}
                  >
                    {t("alerts.since", { time: format.moment(new Date(since), present) })}
                  </time>
                )}
              </StateWord>
            </div>
            {lastError !== null && (
              <p class="truncate text-12 text-ink-3" title={lastError}>
                {lastErrorAt === null ? lastError : t("dashboard.lastError", {
                  time: format.moment(new Date(lastErrorAt), present),
                  reason: lastError,
                })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
