import type * as en from "../en/http_connectors.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const httpConnectors: Like<typeof en.httpConnectors> = {
  kinds: "Arten von Konnektoren",
  add: "HTTP-Konnektor hinzufügen",
  about:
    "Das Gateway ruft diese Adresse für jede Nachricht eines Telefons auf, die eine Route hierher bringt.",
  id: "Konnektor-ID",
  url: "Adresse",
  urlHint: "http oder https, mit einem Hostnamen mit Punkt, einer IPv4-Adresse oder localhost.",
  urlWrong: "Schreiben Sie sie wie https://crm.example.com/mo, ohne Leerzeichen",
  method: "Methode",
  routes: "MO-Routen",
  noRoutes: "keine",
  masked: "Was dem Host folgt, sieht nur, wer ihn ändern darf: es kann ein Token enthalten.",
  test: "{name} testen",
  testTitle: "{name} einmal aufrufen?",
  testEffect: "Die Anwendung bekommt eine Nachricht von 00000 an 00000 und kann darauf handeln.",
  testHere:
    "Sie wird von diesem Dashboard aufgerufen: das Netz des Gateways kann sie anders sehen.",
  testVerb: "Aufrufen",
  acked: "{name} hat die Nachricht bestätigt: {status} nach {span}.",
  notAcked: "{name} antwortete {status} nach {span}, aber nicht mit ACK/Jasmin.",
  notAckedText: "Das Gateway riefe erneut auf, 4-mal insgesamt, und verwürfe dann die Nachricht.",
  noAnswer: "{name} antwortete nicht: {reason}",
  answer: "Was sie antwortete",
  answerEmpty: "Nichts: der Rumpf ist leer",
  remove: "{name} löschen",
  removeVerb: "HTTP-Konnektor löschen",
  removeTitle: "{name} löschen?",
  removeFree: "Keine Route hat eine Kopie davon.",
  removeUsed: {
    one:
      "Die Route {routes} hat eine Kopie und macht damit weiter: ersetzen Sie die Route, um das zu beenden.",
    other:
      "{n} Routen ({routes}) haben eine Kopie und machen damit weiter: ersetzen Sie sie, um das zu beenden.",
  },
  created: "{name} wurde hinzugefügt und persistiert.",
  removed: "{name} wurde gelöscht.",
  emptyTitle: "Noch kein HTTP-Konnektor",
  emptyText:
    "Ein HTTP-Konnektor bringt Nachrichten von Telefonen zu einer Anwendung. Fügen Sie einen hinzu, dann eine Route dorthin.",
  awayText:
    "HTTP-Konnektoren werden vom Gateway selbst gelesen. Sie sind mit seiner Sitzung zurück.",
};
