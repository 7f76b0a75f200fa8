import type * as en from "../en/states.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const services: Like<typeof en.services> = {
  jcli: "jcli",
  http: "HTTP-API",
  postgresql: "PostgreSQL",
  redis: "Redis",
  stream: "Datenstrom",
  workers: "Prozesse",
  up: "läuft",
  down: "ausgefallen",
  unknown: "unbekannt",
  allUp: { one: "{up} von {n} Dienst läuft", other: "{up} von {n} Diensten laufen" },
  someDown: {
    one: "{up} von {n} Dienst läuft, ausgefallen: {names}",
    other: "{up} von {n} Diensten laufen, ausgefallen: {names}",
  },
  short: { one: "{up} von {n} Dienst", other: "{up} von {n} Diensten" },
  title: "Dienste",
  answeredIn: "Antwort nach {span}",
};

export const connectorStates: Like<typeof en.connectorStates> = {
  bound: "Gebunden",
  boundTrx: "Gebunden TRX",
  boundTx: "Gebunden TX",
  boundRx: "Gebunden RX",
  binding: "Bindet",
  throttled: "Gedrosselt",
  down: "Ausgefallen",
  stopped: "Angehalten",
  removed: "Entfernt",
  unknown: "Unbekannt",
};

export const messageStates: Like<typeof en.messageStates> = {
  queued: "Wartet",
  sending: "Wird übergeben",
  accepted: "Angenommen",
  sent: "Gesendet",
  delivered: "Zugestellt",
  undelivered: "Nicht zugestellt",
  expired: "Abgelaufen",
  rejected: "Abgelehnt",
  failed: "Fehlgeschlagen",
  uncertain: "Ungewiss",
  unconfirmed: "Unbestätigt",
  received: "Empfangen",
};

export const messageStateNotes: Like<typeof en.messageStateNotes> = {
  queued: "Wartet hier auf das Gateway",
  sending: "Wird gerade dem Gateway übergeben",
  accepted: "Das Gateway hat sie angenommen",
  sent: "Die SMSC hat sie angenommen; ihre Quittung steht aus",
  delivered: "Das Telefon hat sie",
  undelivered: "Die SMSC konnte sie nicht zustellen",
  expired: "Ihre Frist verstrich vor der Zustellung",
  rejected: "Das Gateway oder die SMSC hat sie abgelehnt",
  failed: "Sie konnte nicht übergeben werden",
  uncertain:
    "Sie kann das Gateway erreicht haben. Sie wird nicht noch einmal gesendet; ihre Quittung klärt es",
  unconfirmed: "In ihrer Frist kam keine Quittung",
  received: "Kam von einem Telefon",
};

export const signals: Like<typeof en.signals> = {
  request: "Von der API angenommen",
  lease: "Dem Gateway übergeben",
  accept: "Vom Gateway angenommen",
  defer: "Zurückgelegt, wird später versucht",
  refuse: "Vom Gateway abgelehnt",
  lose: "Keine Antwort vom Gateway",
  giveUp: "Aufgegeben, Frist verstrichen",
  timeOut: "Keine Quittung in der Frist",
  submitted: "submit_sm_resp, von der SMSC angenommen",
  submitRetried: "submit_sm_resp, das Gateway versucht es wieder",
  submitFailed: "submit_sm_resp, von der SMSC abgelehnt",
  receiptEnroute: "Quittung ENROUTE",
  receiptDelivered: "Quittung DELIVRD",
  receiptUndelivered: "Quittung UNDELIV",
  receiptExpired: "Quittung EXPIRED",
  receiptRejected: "Quittung REJECTD",
  receiptDeleted: "Quittung DELETED",
};

export const roles: Like<typeof en.roles> = {
  super_admin: "Super-Admin",
  admin: "Admin",
  campaign_manager: "Kampagnenleitung",
  analyst: "Analyse",
  client: "Kunde",
};

export const roleNotes: Like<typeof en.roleNotes> = {
  super_admin: "Alles, auch die Maschinen",
  admin: "Benutzer und Einrichtung",
  campaign_manager: "Sendet Nachrichten, führt Kampagnen, pflegt Kontakte",
  analyst: "Liest und berichtet, ändert nichts",
  client: "Nur das eigene Konto",
};

export const severities: Like<typeof en.severities> = {
  critical: "Kritisch",
  warning: "Warnung",
  info: "Hinweis",
};

export const userStates: Like<typeof en.userStates> = {
  active: "Aktiv",
  invited: "Eingeladen",
  locked: "Gesperrt",
  disabled: "Abgeschaltet",
};
