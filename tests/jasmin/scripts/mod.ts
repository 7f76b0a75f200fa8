/** All scripts. */

import type { Script } from "../script.ts";
import { CALLBACKS } from "./callbacks.ts";
import { CONNECTORS } from "./connectors.ts";
import { FILTER_SCRIPTS } from "./filters.ts";
import { GROUPS_USERS } from "./groups_users.ts";
import { HTTP_ANSWERS } from "./http_answers.ts";
import { HTTP_MESSAGES } from "./http_messages.ts";
import { ROUTES } from "./routes.ts";
import { SESSION } from "./session.ts";
import { STATE } from "./state.ts";

/** Every script there is a transcript of. */
export const SCRIPTS: readonly Script[] = [
  ...SESSION,
  ...GROUPS_USERS,
  ...CONNECTORS,
  ...FILTER_SCRIPTS,
  ...ROUTES,
  ...STATE,
  ...HTTP_ANSWERS,
  ...HTTP_MESSAGES,
  ...CALLBACKS,
];
