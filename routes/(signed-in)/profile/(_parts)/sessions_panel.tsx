import type { VNode } from "preact";
import { Badge } from "../../../../components/badge.tsx";
import { Button } from "../../../../components/button.tsx";
import { ConfirmDialog } from "../../../../components/confirm_dialog.tsx";
import { Moment } from "../../../../components/moment.tsx";
import { Panel } from "../../../../components/panel.tsx";
import { Table } from "../../../../components/table.tsx";
import { TwoLines } from "../../../../components/two_lines.tsx";
import type { Session } from "../../../../services/auth/mod.ts";
import type { T } from "../../../../services/i18n/mod.ts";
import { deviceOf } from "../device.ts";

export type OwnSession = Session & { readonly current: boolean };

function deviceName(t: T, userAgent: string | null): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser !== null && system !== null) return t("profile.deviceOn", { browser, system });
  return browser ?? system ?? t("profile.deviceUnknown");
}

/** Where the user is signed in, and the way out of each. */
export function SessionsPanel(
  { t, sessions }: { readonly t: T; readonly sessions: readonly OwnSession[] },
): VNode {
  const now = new Date();
  const nameOf = ({ userAgent }: OwnSession) => deviceName(t, userAgent);
  return (
    <Panel
      id="sessions"
      title={t("profile.sessionsTitle")}
      padded={false}
      ruled
      foot={
        <form method="post" action="/profile" class="flex flex-wrap gap-2 py-1">
          <Button
            type="submit"
            name="act"
            value="end-others"
            disabled={sessions.every(({ current }) => current)}
          >
            {t("profile.endAll")}
          </Button>
          <Button command="show-modal" commandfor="end-all">{t("profile.endEverywhere")}</Button>
        </form>
      }
    >
      <Table
        t={t}
        caption={t("profile.sessionsTitle")}
        sticky={false}
        lines={2}
        columns={[
          {
            key: "device",
            head: t("profile.device"),
            grow: true,
            cell: (session) => (
              <TwoLines
                title={session.userAgent ?? undefined}
                first={
                  <>
                    {nameOf(session)}{" "}
                    {session.current && <Badge kind="accent">{t("profile.thisSession")}</Badge>}
                  </>
                }
                second={session.lastIp ?? session.ip ?? t("common.unknown")}
              />
            ),
          },
          {
            key: "since",
            head: t("profile.signedIn"),
            hide: "phone",
            align: "end",
            width: "w-28",
            cell: ({ createdAt }) => <Moment format={t.format} at={createdAt} now={now} />,
          },
          {
            key: "used",
            head: t("profile.lastUsed"),
            align: "end",
            width: "w-28",
            cell: ({ lastUsedAt }) => <Moment format={t.format} at={lastUsedAt} now={now} />,
          },
          {
            key: "end",
            label: t("table.actions"),
            align: "end",
            cell: (session) =>
              !session.current && (
                <form method="post" action="/profile">
                  <input type="hidden" name="session" value={session.id} />
                  <Button
                    small
                    type="submit"
                    name="act"
                    value="end-session"
                    aria-label={`${t("profile.endSession")}, ${nameOf(session)}`}
                  >
                    {t("profile.endSession")}
                  </Button>
                </form>
              ),
          },
        ]}
        rows={sessions}
        keyOf={({ id }) => id}
      />
      <ConfirmDialog
        t={t}
        id="end-all"
        title={t("profile.endEverywhereTitle")}
        effects={[{ tone: "warn", text: t("profile.endEverywhereEffect") }]}
        action="/profile"
        verb={t("profile.endEverywhere")}
        danger={false}
        hidden={<input type="hidden" name="act" value="end-all" />}
      />
    </Panel>
  );
}
