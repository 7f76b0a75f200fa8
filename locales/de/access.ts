import type * as en from "../en/access.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const apiKeys: Like<typeof en.apiKeys> = {
  title: "API-Schlüssel",
  make: "API-Schlüssel anlegen",
  name: "Name",
  nameHint: "Welches Programm ihn nutzt",
  scopes: "Rechte",
  scopesHint: "Was das Programm darf; nie mehr als Sie",
  expires: "Läuft ab",
  expiresNever: "nie",
  expired: "Abgelaufen",
  in30Days: "in 30 Tagen",
  in90Days: "in 90 Tagen",
  inYear: "in einem Jahr",
  prefix: "Schlüssel",
  created: "Angelegt",
  lastUsed: "Zuletzt genutzt",
  neverUsed: "nie genutzt",
  once:
    "Dieser Schlüssel wird nur einmal gezeigt. Kopieren Sie ihn jetzt; wir behalten nur seinen Hash.",
  copyKey: "Schlüssel kopieren",
  revoke: "Widerrufen",
  revokeTitle: "{name} widerrufen?",
  revokeEffect: "Programme, die ihn nutzen, werden sofort abgewiesen.",
  revokeUsed: "Zuletzt genutzt {when}.",
  revokedToast: "{name} ist widerrufen",
  state: "Zustand",
  active: "Aktiv",
  revoked: "Widerrufen",
};

export const audit: Like<typeof en.audit> = {
  title: "Prüfprotokoll",
  time: "Zeit",
  who: "Wer",
  action: "Aktion",
  subject: "Gegenstand",
  from: "Von wo",
  before: "Vorher",
  after: "Nachher",
  changes: "Änderungen",
  find: "Person, Aktion oder Gegenstand",
  system: "das System",
  commandLine: "die Befehlszeile",
  erased: "gelöscht",
  chainWhole: "Die Kette ist ganz: {count} Einträge geprüft um {time}",
  chainBroken: "Die Kette bricht bei Eintrag {seq}",
  verify: "Kette prüfen",
  entry: "Eintrag {seq}",
  hash: "Hash",
  noChange: "nichts geändert",
};

export const apiDocs: Like<typeof en.apiDocs> = {
  title: "API-Referenz",
  intro:
    "Alles, was diese Seiten tun, kann ein Programm tun. Probieren Sie hier jede Anfrage mit Ihrem eigenen Token.",
  token: "Token",
  useMine: "Meine Sitzung nutzen",
  openapi: "OpenAPI 3.1",
  tryIt: "Ausprobieren",
  request: "Anfrage",
  response: "Antwort",
  needs: "Braucht {permission}",
  noPermission: "Ihre Rolle darf dies nicht aufrufen",
  answeredIn: "{status} in {span}",
};
