import type * as en from "../en/http_connectors.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const httpConnectors: Like<typeof en.httpConnectors> = {
  kinds: "Clases de conectores",
  add: "Añadir conector HTTP",
  about:
    "La pasarela llama a esta dirección por cada mensaje de un teléfono que una ruta trae aquí.",
  id: "Id del conector",
  url: "Dirección",
  urlHint: "http o https, con un nombre de host con punto, una dirección IPv4 o localhost.",
  urlWrong: "Escríbala como https://crm.example.com/mo, sin espacios",
  method: "Método",
  routes: "Rutas MO",
  noRoutes: "ninguna",
  masked: "Lo que sigue al host solo lo ve quien puede cambiarlo: puede llevar un token.",
  test: "Probar {name}",
  testTitle: "¿Llamar una vez a {name}?",
  testEffect: "La aplicación recibe un mensaje de 00000 a 00000 y puede actuar.",
  testHere: "Se llama desde este panel: la red de la pasarela puede verlo de otro modo.",
  testVerb: "Llamar",
  acked: "{name} confirmó el mensaje: {status} tras {span}.",
  notAcked: "{name} respondió {status} tras {span}, pero no con ACK/Jasmin.",
  notAckedText: "La pasarela volvería a llamar, 4 veces en total, y luego descartaría el mensaje.",
  noAnswer: "{name} no respondió: {reason}",
  answer: "Lo que respondió",
  answerEmpty: "Nada: el cuerpo está vacío",
  remove: "Eliminar {name}",
  removeVerb: "Eliminar conector HTTP",
  removeTitle: "¿Eliminar {name}?",
  removeFree: "Ninguna ruta tiene una copia.",
  removeUsed: {
    one: "La ruta {routes} tiene una copia y sigue con ella: reemplace la ruta para pararla.",
    many:
      "{n} rutas ({routes}) tienen una copia y siguen con ella: reemplace las rutas para pararlas.",
    other:
      "{n} rutas ({routes}) tienen una copia y siguen con ella: reemplace las rutas para pararlas.",
  },
  created: "{name} se añadió y se persistió.",
  removed: "{name} se eliminó.",
  emptyTitle: "Aún no hay conectores HTTP",
  emptyText:
    "Un conector HTTP lleva mensajes de teléfonos a una aplicación. Añada uno y luego una ruta hacia él.",
  awayText: "Los conectores HTTP se leen de la propia pasarela. Vuelven con su sesión.",
};
