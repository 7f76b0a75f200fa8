import type * as en from "../en/http_connectors.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const httpConnectors: Like<typeof en.httpConnectors> = {
  kinds: "Types de connecteurs",
  add: "Ajouter un connecteur HTTP",
  about:
    "La passerelle appelle cette adresse pour chaque message d’un téléphone qu’une route amène ici.",
  id: "Id du connecteur",
  url: "Adresse",
  urlHint: "http ou https, avec un nom d’hôte contenant un point, une adresse IPv4 ou localhost.",
  urlWrong: "Écrivez-la comme https://crm.example.com/mo, sans espaces",
  method: "Méthode",
  routes: "Routes MO",
  noRoutes: "aucune",
  masked: "Ce qui suit l’hôte n’est montré qu’à qui peut le changer : il peut contenir un jeton.",
  test: "Tester {name}",
  testTitle: "Appeler {name} une fois ?",
  testEffect: "L’application reçoit un message de 00000 à 00000 et peut agir.",
  testHere:
    "Elle est appelée depuis ce tableau : le réseau de la passerelle peut la voir autrement.",
  testVerb: "Appeler",
  acked: "{name} a acquitté le message : {status} après {span}.",
  notAcked: "{name} a répondu {status} après {span}, mais pas par ACK/Jasmin.",
  notAckedText: "La passerelle rappellerait, 4 fois en tout, puis abandonnerait le message.",
  noAnswer: "{name} n’a pas répondu : {reason}",
  answer: "Ce qu’elle a répondu",
  answerEmpty: "Rien : le corps est vide",
  remove: "Supprimer {name}",
  removeVerb: "Supprimer le connecteur HTTP",
  removeTitle: "Supprimer {name} ?",
  removeFree: "Aucune route n’en a de copie.",
  removeUsed: {
    one:
      "La route {routes} en a une copie et continue avec elle : remplacez la route pour l’arrêter.",
    many:
      "{n} routes ({routes}) en ont une copie et continuent avec elle : remplacez-les pour l’arrêter.",
    other:
      "{n} routes ({routes}) en ont une copie et continuent avec elle : remplacez-les pour l’arrêter.",
  },
  created: "{name} a été ajouté et persisté.",
  removed: "{name} a été supprimé.",
  emptyTitle: "Pas encore de connecteur HTTP",
  emptyText:
    "Un connecteur HTTP amène les messages des téléphones à une application. Ajoutez-en un, puis une route vers lui.",
  awayText:
    "Les connecteurs HTTP sont lus sur la passerelle elle-même. Ils reviennent avec sa session.",
};
