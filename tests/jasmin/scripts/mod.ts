/** All scripts. */

import type { Script } from "../script.ts";
import { CONNECTORS } from "./connectors.ts";
import { GROUPS_USERS } from "./groups_users.ts";
import { HTTP } from "./http.ts";
import { ROUTING } from "./routing.ts";
import { SESSION } from "./session.ts";
import { STATE } from "./state.ts";

/** Every script there is a transcript of. */
export const SCRIPTS: readonly Script[] = [
  ...SESSION,
  ...GROUPS_USERS,
  ...CONNECTORS,
  ...ROUTING,
  ...STATE,
  ...HTTP,
];
