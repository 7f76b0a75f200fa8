/**
 * French.
 * @module
 */
import type { Like } from "../services/i18n/phrase.ts";
import type { English } from "./en.ts";
import * as access from "./fr/access.ts";
import * as admin from "./fr/admin.ts";
import * as auth from "./fr/auth.ts";
import * as common from "./fr/common.ts";
import * as connector_form from "./fr/connector_form.ts";
import * as connectors from "./fr/connectors.ts";
import * as dashboard from "./fr/dashboard.ts";
import * as errors from "./fr/errors.ts";
import * as http_connectors from "./fr/http_connectors.ts";
import * as messages from "./fr/messages.ts";
import * as shell from "./fr/shell.ts";
import * as states from "./fr/states.ts";
import * as wall from "./fr/wall.ts";

export const fr: { readonly [Name in keyof English]: Like<English[Name]> } = {
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
