import type * as en from "../en/shell.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const app: Like<typeof en.app> = {
  name: "Jasmin Dashboard",
  short: "Jasmin",
  title: "{page} · Jasmin Dashboard",
  skip: "Zum Inhalt springen",
  main: "Hauptnavigation",
  mainPhone: "Hauptnavigation, Telefon",
  breadcrumb: "Brotkrumen",
  release: "{gateway} · Jasmin {release}",
  simulated: "Simuliertes Gateway",
};

export const nav: Like<typeof en.nav> = {
  dashboard: "Übersicht",
  walls: "Wandanzeigen",
  alerts: "Alarme",
  gateway: "Gateway",
  connectors: "Konnektoren",
  routing: "Routing",
  gatewayUsers: "Nutzer und Gruppen",
  interceptors: "Interzeptoren",
  doctor: "Diagnose",
  messaging: "Nachrichten",
  messages: "Nachrichten",
  compose: "Nachricht senden",
  inbox: "Eingang",
  campaigns: "Kampagnen",
  contacts: "Kontakte",
  templates: "Vorlagen",
  billing: "Abrechnung",
  accounts: "Konten",
  rates: "Tarife",
  invoices: "Rechnungen",
  reports: "Berichte",
  administration: "Verwaltung",
  users: "Benutzer und Rollen",
  apiKeys: "API-Schlüssel",
  audit: "Prüfprotokoll",
  apiDocs: "API-Referenz",
  settings: "Einstellungen",
  profile: "Profil",
  more: "Mehr",
  gallery: "Zustände und Teile",
};

export const navCounts: Like<typeof en.navCounts> = {
  alerts: { one: "{n} aktiver Alarm", other: "{n} aktive Alarme" },
  inbox: { one: "{n} ungelesene Antwort", other: "{n} ungelesene Antworten" },
  connectors: { one: "{n} Konnektor", other: "{n} Konnektoren" },
  more: { one: "{n} Sache braucht Sie", other: "{n} Sachen brauchen Sie" },
};

export const live: Like<typeof en.live> = {
  connecting: "Verbindung wird aufgebaut",
  live: "Live",
  liveAt: "Live, {time}",
  again: "Verbindung wird erneuert",
  stale: "Keine Daten seit {time}",
  offline: "Offline",
  paused: "Angehalten",
  asOf: "Stand {time}",
  barTitle: "Verbindung wird erneuert.",
  barText:
    "Der Datenstrom ist seit {ago} unterbrochen; gepunktet unterstrichene Werte sind von {time}. Es geht nichts verloren: die fehlenden Ereignisse kommen nach.",
  offlineTitle: "Dieser Rechner ist offline.",
  offlineText: "Die Werte sind von {time}. Sie laufen von selbst weiter, wenn das Netz zurück ist.",
  tryNow: "Jetzt versuchen",
  newRows: { one: "{n} neue", other: "{n} neue" },
  showNew: "Anzeigen",
};

export const theme: Like<typeof en.theme> = {
  change: "Farbschema wechseln",
  label: "Farbschema",
  system: "Wie das System",
  light: "Hell",
  dark: "Dunkel",
  nowLight: "Farbschema: hell. Zu dunkel wechseln",
  nowDark: "Farbschema: dunkel. Zu hell wechseln",
};

export const account: Like<typeof en.account> = {
  menu: "Konto: {name}, {role}",
  signedInAs: "Angemeldet als {name}",
  profile: "Profil und Sprache",
  sessions: "Sitzungen",
  keys: "Tasten",
  signOut: "Abmelden",
  signOutEverywhere: "Überall abmelden",
};

export const palette: Like<typeof en.palette> = {
  open: "Suchen oder gehen zu",
  search: "Suchen",
  placeholder: "Seite, Konnektor, Nummer oder Aktion",
  hint: "Strg K",
  close: "Esc",
  pages: "Seiten",
  connectors: "Konnektoren",
  messages: "Nachrichten",
  actions: "Aktionen",
  recent: "Zuletzt geöffnet",
  asks: "Fragt vorher",
  openIt: "Öffnen",
  findMessages: "Nachrichten mit „{text}“",
  results: { one: "{n} Treffer", other: "{n} Treffer" },
  none:
    "Nichts heißt „{text}“. Suchen Sie in den Nachrichten, oder versuchen Sie einen Teil des Namens.",
  title: "Suche und Befehle",
};

export const keys: Like<typeof en.keys> = {
  title: "Tasten",
  palette: "Suchen oder gehen zu",
  help: "Diese Liste zeigen",
  search: "Zum Suchfeld",
  close: "Schließen, was offen ist",
  dashboard: "Zur Übersicht",
  connectors: "Zu den Konnektoren",
  messages: "Zu den Nachrichten",
  compose: "Nachricht senden",
  next: "Nächste Zeile",
  previous: "Vorige Zeile",
  open: "Zeile öffnen",
  then: "{first}, dann {second}",
};

export const languages: Like<typeof en.languages> = {
  label: "Sprache",
  es: "Español",
  en: "English",
  fr: "Français",
  de: "Deutsch",
};
