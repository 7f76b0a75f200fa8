/**
 * Which pages are photographed, as whom, and how.
 * @module
 */

/** A picture of one page. */
export interface Shot {
  /** The file's name without what tells width and theme. */
  readonly name: string;
  /** `{message}`, `{user}` and `{wall}` stand for those of the demo. */
  readonly path: string;
  /** A login of the demo; null for nobody. @default super@demo.test */
  readonly as?: string | null;
  /** What is there when the page is whole. */
  readonly shown: string;
  /** Pressed before the picture is taken, and what is there then. */
  readonly press?: { readonly key: string; readonly shown: string };
  readonly looks: readonly Look[];
}

/** In px. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly theme: "light" | "dark";
}

const LIGHT: Look = { width: 1440, height: 900, theme: "light" };
const DARK: Look = { ...LIGHT, theme: "dark" };
const PHONE: Look = { width: 390, height: 844, theme: "light" };
const WALL: Look = { width: 1920, height: 1080, theme: "dark" };

const CHART = '[data-lane="mt"] canvas';
const MAIN = "main";

export const SHOTS: readonly Shot[] = [
  { name: "sign-in", path: "/sign-in", as: null, shown: "#email", looks: [LIGHT, DARK, PHONE] },
  { name: "dashboard", path: "/", shown: CHART, looks: [LIGHT, DARK, PHONE] },
  { name: "dashboard-day", path: "/?range=day", shown: MAIN, looks: [LIGHT] },
  { name: "dashboard-client", path: "/", as: "client@demo.test", shown: CHART, looks: [LIGHT] },
  {
    name: "palette",
    path: "/",
    shown: CHART,
    press: { key: "Control+k", shown: "dialog[open] [role=option]" },
    looks: [LIGHT],
  },
  {
    name: "connectors",
    path: "/connectors",
    as: "admin@demo.test",
    shown: "tbody tr",
    looks: [LIGHT, DARK, PHONE],
  },
  {
    name: "connector",
    path: "/connectors/es_main",
    as: "admin@demo.test",
    shown: MAIN,
    looks: [LIGHT, DARK],
  },
  {
    name: "connector-add",
    path: "/connectors/add/smpp",
    as: "admin@demo.test",
    shown: "form",
    looks: [LIGHT],
  },
  {
    name: "connector-edit",
    path: "/connectors/es_main/edit",
    as: "admin@demo.test",
    shown: "form",
    looks: [LIGHT],
  },
  {
    name: "connector-delete",
    path: "/connectors/es_backup/delete",
    as: "admin@demo.test",
    shown: MAIN,
    looks: [LIGHT],
  },
  {
    name: "http-connectors",
    path: "/http-connectors",
    as: "admin@demo.test",
    shown: MAIN,
    looks: [LIGHT],
  },
  {
    name: "messages",
    path: "/messages",
    as: "manager@demo.test",
    shown: "tbody tr",
    looks: [LIGHT, DARK, PHONE],
  },
  {
    name: "message",
    path: "/messages/{message}",
    as: "manager@demo.test",
    shown: MAIN,
    looks: [LIGHT, PHONE],
  },
  {
    name: "compose",
    path:
      "/messages/new?to=%2B34600000001&text=Su%20mesa%20para%20el%20viernes%20a%20las%2021%3A00%20est%C3%A1%20confirmada%20%F0%9F%8E%89",
    as: "manager@demo.test",
    shown: "[name=text]",
    looks: [LIGHT, PHONE],
  },
  { name: "inbox", path: "/inbox", as: "manager@demo.test", shown: "tbody tr", looks: [LIGHT] },
  { name: "users", path: "/users", shown: "tbody tr", looks: [LIGHT] },
  { name: "user", path: "/users/{user}", shown: "form", looks: [LIGHT] },
  { name: "user-add", path: "/users/new", shown: "form", looks: [LIGHT] },
  { name: "roles", path: "/users/roles", shown: "table", looks: [LIGHT] },
  { name: "api-keys", path: "/api-keys", shown: MAIN, looks: [LIGHT] },
  { name: "api-key-make", path: "/api-keys/new", shown: "form", looks: [LIGHT] },
  { name: "audit", path: "/audit", shown: "tbody tr", looks: [LIGHT, DARK] },
  { name: "profile", path: "/profile", shown: "form", looks: [LIGHT] },
  { name: "walls", path: "/walls", shown: MAIN, looks: [LIGHT] },
  { name: "wall-make", path: "/walls/new", shown: "form", looks: [LIGHT] },
  { name: "api", path: "/api/docs", shown: MAIN, looks: [LIGHT, DARK] },
  { name: "not-found", path: "/nowhere", shown: MAIN, looks: [LIGHT] },
  { name: "wall", path: "{wall}", as: null, shown: "canvas, [data-lane]", looks: [WALL] },
];
