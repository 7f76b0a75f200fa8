/**
 * Spanish.
 * @module
 */
import type { Like } from "../services/i18n/phrase.ts";
import type { English } from "./en.ts";
import * as access from "./es/access.ts";
import * as admin from "./es/admin.ts";
import * as auth from "./es/auth.ts";
import * as common from "./es/common.ts";
import * as connector_form from "./es/connector_form.ts";
import * as connectors from "./es/connectors.ts";
import * as dashboard from "./es/dashboard.ts";
import * as errors from "./es/errors.ts";
import * as http_connectors from "./es/http_connectors.ts";
import * as messages from "./es/messages.ts";
import * as shell from "./es/shell.ts";
import * as states from "./es/states.ts";
import * as wall from "./es/wall.ts";

export const es: { readonly [Name in keyof English]: Like<English[Name]> } = {
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
