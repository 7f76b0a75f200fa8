/**
 * German.
 * @module
 */
import type { Like } from "../services/i18n/phrase.ts";
import type { English } from "./en.ts";
import * as access from "./de/access.ts";
import * as admin from "./de/admin.ts";
import * as auth from "./de/auth.ts";
import * as common from "./de/common.ts";
import * as connector_form from "./de/connector_form.ts";
import * as connectors from "./de/connectors.ts";
import * as dashboard from "./de/dashboard.ts";
import * as errors from "./de/errors.ts";
import * as http_connectors from "./de/http_connectors.ts";
import * as messages from "./de/messages.ts";
import * as shell from "./de/shell.ts";
import * as states from "./de/states.ts";
import * as wall from "./de/wall.ts";

export const de: { readonly [Name in keyof English]: Like<English[Name]> } = {
  ...access,
  ...admin,
  ...auth,
  ...common,
  ...connector_form,
  ...connectors,
  ...dashboard,
  ...errors,
  ...http_connectors,
  ...messages,
  ...shell,
  ...states,
  ...wall,
};
