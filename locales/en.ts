/**
 * English: the source of all keys. What it lacks, no language has.
 * @module
 */
import * as access from "./en/access.ts";
import * as admin from "./en/admin.ts";
import * as auth from "./en/auth.ts";
import * as common from "./en/common.ts";
import * as connector_form from "./en/connector_form.ts";
import * as connectors from "./en/connectors.ts";
import * as dashboard from "./en/dashboard.ts";
import * as errors from "./en/errors.ts";
import * as http_connectors from "./en/http_connectors.ts";
import * as messages from "./en/messages.ts";
import * as shell from "./en/shell.ts";
import * as states from "./en/states.ts";
import * as wall from "./en/wall.ts";

/** The type that every key is checked against. */
export type English =
  & typeof access
  & typeof admin
  & typeof auth
  & typeof common
  & typeof connector_form
  & typeof connectors
  & typeof dashboard
  & typeof errors
  & typeof http_connectors
  & typeof messages
  & typeof shell
  & typeof states
  & typeof wall;

export const en: English = {
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
