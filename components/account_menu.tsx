import type { VNode } from "preact";
import type { T } from "../services/i18n/client.ts";
import { Menu } from "./menu.tsx";
import { MenuItem, MenuLine } from "./menu_item.tsx";

/** Who is signed in. */
export interface UserView {
  readonly name: string;
  /** Its word, already translated. */
  readonly role: string;
}

interface Props {
  readonly t: T<"account">;
  readonly user: UserView;
}

/** Who is signed in, and the way out. */
export function AccountMenu({ t, user }: Props): VNode {
  return (
    <Menu
      kind="quiet"
      icon="user"
      label={t("account.menu", { name: user.name, role: user.role })}
      class="max-xl:w-8 max-xl:px-0"
      items={
        <>
          <p class="truncate px-2 pt-1 font-medium" title={user.name}>{user.name}</p>
          <p class="px-2 pb-1 text-12 text-ink-2">{user.role}</p>
          <MenuLine />
          <MenuItem icon="user" href="/profile">{t("account.profile")}</MenuItem>
          <MenuItem icon="monitor" href="/profile#sessions">{t("account.sessions")}</MenuItem>
          <MenuItem icon="list" opens="keys" shortcut="?">{t("account.keys")}</MenuItem>
          <MenuLine />
          <form method="post" action="/sign-out">
            <MenuItem icon="sign-out">{t("account.signOut")}</MenuItem>
          </form>
        </>
      }
    >
      <span class="max-w-40 truncate max-xl:sr-only">{user.name}</span>
    </Menu>
  );
}
