/**
 * The form of a wall display: what was typed, and what is wrong with it.
 * @module
 */
import type { T } from "../../../services/i18n/mod.ts";
import {
  WALL_PANELS,
  WALL_THEMES,
  type WallDisplay,
  type WallPanel,
  type WallTheme,
} from "../../../services/wall/mod.ts";
import { type Faults, faultsOf, fieldOf, nameFault } from "../../forms.ts";

/** What the form holds. */
export interface WallForm {
  readonly name: string;
  readonly panels: readonly WallPanel[];
  readonly theme: WallTheme;
}

/** A new display shows everything, in the dark. */
export const NEW_WALL: WallForm = { name: "", panels: WALL_PANELS, theme: "dark" };

/** A display as its form holds it. */
export function formOf({ name, panels, theme }: WallDisplay): WallForm {
  return { name, panels, theme };
}

/** Reads what was posted. */
export function readWallForm(form: FormData): WallForm {
  const asked = form.getAll("panels").map(String);
  return {
    name: fieldOf(form, "name").trim(),
    panels: WALL_PANELS.filter((panel) => asked.includes(panel)),
    theme: WALL_THEMES.find((theme) => theme === fieldOf(form, "theme")) ?? "dark",
  };
}

/** The longest name of a display. */
const MOST_NAME = 80;

/** What is wrong, by field. */
export function wallFaults(t: T, { name, panels }: WallForm): Faults {
  const tooLong = name.length > MOST_NAME
    ? t("form.tooLong", { have: name.length, n: MOST_NAME })
    : null;
  return faultsOf({
    name: nameFault(t, t("walls.name"), name) ?? tooLong,
    panels: panels.length === 0 ? t("walls.needPanel") : null,
  });
}

/** A panel in words. */
export function panelName(t: T<"walls">, panel: WallPanel): string {
  const names = {
    figures: "walls.panelFigures",
    traffic: "walls.panelTraffic",
    connectors: "walls.panelConnectors",
    delivery: "walls.panelDelivery",
    queue: "walls.panelQueue",
    services: "walls.panelServices",
    alerts: "walls.panelAlerts",
  } as const;
  return t(names[panel]);
}
