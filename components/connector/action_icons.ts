import type { IconName } from "../icon.tsx";
import type { ConnectorAction } from "./view.ts";

/** What stands on the button of an act. */
export const ACTION_ICONS: Readonly<Record<ConnectorAction, IconName>> = {
  start: "play",
  stop: "stop",
  restart: "restart",
};
