import type * as en from "../en/errors.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const errors: Like<typeof en.errors> = {
  badRequestTitle: "Esto no se puede leer",
  badRequestText:
    "La dirección o el formulario tiene una parte que aquí no tiene sentido: {detail}.",
  unauthenticatedTitle: "No ha iniciado sesión",
  unauthenticatedText: "Inicie sesión de nuevo; volverá a esta página.",
  forbiddenTitle: "Esto no es para su rol",
  forbiddenText:
    "Ha iniciado sesión como {role}. Un administrador de {account} puede hacerlo o cambiarle el rol.",
  notFoundTitle: "Aquí no hay nada",
  notFoundText: "La dirección es incorrecta, o se eliminó lo que nombra.",
  goneTitle: "{name} ya no está",
  goneText: "Se eliminó el {day}, por {who}. Su historial sigue aquí.",
  conflictTitle: "Ha cambiado entretanto",
  conflictText: "{who} lo cambió a las {time}. Mírelo otra vez y después guarde.",
  tooLargeTitle: "Es demasiado de una vez",
  tooLargeText: "Llegaron {size}, se aceptan {most} como máximo.",
  rateLimitedTitle: "Demasiadas peticiones",
  rateLimitedText: "Pruebe otra vez dentro de {span}.",
  quotaTitle: "El cupo está agotado",
  quotaText:
    "Se han enviado {used} de {limit} mensajes de este periodo. Empieza de nuevo el {day}.",
  unavailableTitle: "Ahora no se puede leer",
  unavailableText: "{service} no responde. El tráfico sigue; la página vuelve cuando responda.",
  internalTitle: "Esta página ha fallado",
  internalText:
    "Es culpa nuestra y está registrado con el número {id}. Las demás páginas funcionan.",
  panelTitle: "No se pudo leer: {name}",
  timeoutText: "{service} tardó más de {span}. El resto de la página es correcto.",
  retry: "Probar otra vez",
  goDashboard: "Ir al panel",
  goBack: "Volver",
  requestId: "Petición {id}",
  jcliTitle: "jcli no responde.",
  jcliText:
    "Ve el estado de las {time}. El tráfico sigue, pero desde aquí no se puede cambiar nada en la pasarela hasta que {address} acepte una sesión.",
  openDoctor: "Abrir el diagnóstico",
  noScript:
    "Sin JavaScript esta página está completa, pero no se mueve. Recárguela para ver el estado actual.",
};

export const empty: Like<typeof en.empty> = {
  connectorsTitle: "Aún no hay conectores",
  connectorsText:
    "Un conector enlaza la pasarela con el SMSC de un operador. Los mensajes salen cuando el primero está enlazado.",
  connectorsAction: "Añadir conector",
  messagesTitle: "Aún no hay mensajes",
  messagesText:
    "Aquí aparece cada mensaje de esta cuenta, con toda su vida. Envíe el primero para verlo.",
  messagesAction: "Enviar un mensaje",
  inboxTitle: "Aún no hay respuestas",
  inboxText: "Los mensajes de los teléfonos entran aquí en cuanto un conector recibe uno.",
  filteredTitle: "Ningún mensaje coincide",
  filteredText: {
    one: "Sin el filtro hay {n} mensaje.",
    many: "Sin el filtro hay {n} de mensajes.",
    other: "Sin el filtro hay {n} mensajes.",
  },
  filteredRows: {
    one: "Sin el filtro hay {n}.",
    many: "Sin el filtro hay {n}.",
    other: "Sin el filtro hay {n}.",
  },
  filteredRowsTitle: "Nada coincide",
  filteredAction: "Quitar filtros",
  alertsTitle: "Ninguna alerta activa",
  alertsText: "La última, «{name}», terminó {when} después de {span}.",
  alertsNever: "No ha habido ninguna desde que funciona el panel.",
  alertsAction: "Ver el historial",
  eventsTitle: "Aún no ha pasado nada",
  eventsText: "Aquí se cuentan los cambios de conectores, servicios y ajustes.",
  queuesTitle: "Nada espera",
  queuesText: "Todos los mensajes tomados se han entregado al siguiente paso.",
  wallsTitle: "Aún no hay pantallas murales",
  wallsText:
    "Una pantalla mural muestra el tráfico en grande sin iniciar sesión. Su dirección lleva una clave que se puede revocar.",
  wallsAction: "Crear una pantalla mural",
  apiKeysTitle: "Aún no hay claves de API",
  apiKeysText:
    "Con una clave, un programa envía y lee mensajes como esta cuenta, con los permisos que usted elija.",
  apiKeysAction: "Crear una clave de API",
  auditTitle: "Ninguna entrada",
  auditText: "Cada cambio queda escrito aquí, con quién y desde dónde.",
  usersTitle: "Aún no hay otros usuarios",
  usersText: "Cada persona entra con su dirección y su rol. Invite a la primera.",
  usersAction: "Añadir un usuario",
  sessionsTitle: "Ninguna otra sesión",
  sessionsText: "Solo ha iniciado sesión aquí.",
  trafficTitle: "Aún no hay tráfico",
  trafficText: "El primer mensaje mueve este gráfico.",
};
