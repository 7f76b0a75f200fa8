import type * as en from "../en/errors.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const errors: Like<typeof en.errors> = {
  badRequestTitle: "Das ist nicht lesbar",
  badRequestText:
    "Die Adresse oder das Formular hat einen Teil, der hier keinen Sinn ergibt: {detail}.",
  unauthenticatedTitle: "Sie sind abgemeldet",
  unauthenticatedText: "Melden Sie sich wieder an; Sie kommen auf diese Seite zurück.",
  forbiddenTitle: "Das ist nicht für Ihre Rolle",
  forbiddenText:
    "Sie sind als {role} angemeldet. Ein Admin von {account} kann es tun oder Ihre Rolle ändern.",
  notFoundTitle: "Hier ist nichts",
  notFoundText: "Die Adresse ist falsch, oder was sie nennt, wurde entfernt.",
  goneTitle: "{name} gibt es nicht mehr",
  goneText: "Am {day} von {who} entfernt. Der Verlauf ist noch da.",
  conflictTitle: "Inzwischen geändert",
  conflictText: "{who} hat es um {time} geändert. Sehen Sie es noch einmal an, dann speichern Sie.",
  tooLargeTitle: "Das ist zu viel auf einmal",
  tooLargeText: "Es kamen {size}, angenommen werden höchstens {most}.",
  rateLimitedTitle: "Zu viele Anfragen",
  rateLimitedText: "Versuchen Sie es in {span} wieder.",
  quotaTitle: "Das Kontingent ist verbraucht",
  quotaText:
    "{used} von {limit} Nachrichten dieses Zeitraums sind gesendet. Am {day} beginnt er neu.",
  unavailableTitle: "Das ist jetzt nicht lesbar",
  unavailableText: "{service} antwortet nicht. Der Verkehr läuft weiter; die Seite kommt wieder.",
  internalTitle: "Diese Seite ist gescheitert",
  internalText:
    "Es liegt an uns und steht unter der Nummer {id} im Protokoll. Die anderen Seiten gehen.",
  panelTitle: "Nicht lesbar: {name}",
  timeoutText: "{service} brauchte länger als {span}. Der Rest der Seite stimmt.",
  retry: "Noch einmal versuchen",
  goDashboard: "Zur Übersicht",
  goBack: "Zurück",
  requestId: "Anfrage {id}",
  jcliTitle: "jcli antwortet nicht.",
  jcliText:
    "Sie sehen den Stand von {time}. Der Verkehr läuft weiter, aber am Gateway lässt sich von hier nichts ändern, bis {address} eine Sitzung annimmt.",
  openDoctor: "Diagnose öffnen",
  noScript:
    "Ohne JavaScript ist diese Seite vollständig, aber sie bewegt sich nicht. Laden Sie sie neu, um den jetzigen Stand zu sehen.",
};

export const empty: Like<typeof en.empty> = {
  connectorsTitle: "Noch kein Konnektor",
  connectorsText:
    "Ein Konnektor bindet das Gateway an die SMSC eines Betreibers. Nachrichten gehen hinaus, wenn der erste gebunden ist.",
  connectorsAction: "Konnektor hinzufügen",
  messagesTitle: "Noch keine Nachricht",
  messagesText:
    "Hier steht jede Nachricht dieses Kontos mit ihrem ganzen Leben. Senden Sie die erste, um es zu sehen.",
  messagesAction: "Nachricht senden",
  inboxTitle: "Noch keine Antwort",
  inboxText: "Nachrichten von Telefonen kommen hier an, sobald ein Konnektor eine empfängt.",
  filteredTitle: "Keine Nachricht passt",
  filteredText: {
    one: "Ohne den Filter ist {n} Nachricht da.",
    other: "Ohne den Filter sind {n} Nachrichten da.",
  },
  filteredRows: { one: "Ohne den Filter ist {n} da.", other: "Ohne den Filter sind {n} da." },
  filteredRowsTitle: "Nichts passt",
  filteredAction: "Filter entfernen",
  alertsTitle: "Kein aktiver Alarm",
  alertsText: "Der letzte, „{name}“, endete {when} nach {span}.",
  alertsNever: "Seit die Übersicht läuft, gab es keinen.",
  alertsAction: "Verlauf ansehen",
  eventsTitle: "Noch nichts geschehen",
  eventsText: "Änderungen an Konnektoren, Diensten und Einstellungen stehen hier.",
  queuesTitle: "Nichts wartet",
  queuesText: "Jede angenommene Nachricht wurde weitergegeben.",
  wallsTitle: "Noch keine Wandanzeige",
  wallsText:
    "Eine Wandanzeige zeigt den Verkehr groß und ohne Anmeldung. Ihre Adresse enthält einen Schlüssel, den Sie widerrufen können.",
  wallsAction: "Wandanzeige anlegen",
  apiKeysTitle: "Noch kein API-Schlüssel",
  apiKeysText:
    "Mit einem Schlüssel sendet und liest ein Programm Nachrichten als dieses Konto, mit den Rechten, die Sie wählen.",
  apiKeysAction: "API-Schlüssel anlegen",
  auditTitle: "Kein Eintrag",
  auditText: "Jede Änderung steht hier, mit wem und von wo.",
  usersTitle: "Noch kein anderer Benutzer",
  usersText: "Jeder meldet sich mit eigener Adresse und Rolle an. Laden Sie den Ersten ein.",
  usersAction: "Benutzer hinzufügen",
  sessionsTitle: "Keine andere Sitzung",
  sessionsText: "Sie sind nur hier angemeldet.",
  trafficTitle: "Noch kein Verkehr",
  trafficText: "Die erste Nachricht bewegt dieses Diagramm.",
};
