import type * as en from "../en/states.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const services: Like<typeof en.services> = {
  jcli: "jcli",
  http: "API HTTP",
  postgresql: "PostgreSQL",
  redis: "Redis",
  stream: "flujo",
  workers: "procesos",
  up: "en marcha",
  down: "caído",
  unknown: "desconocido",
  allUp: {
    one: "{up} de {n} servicio en marcha",
    many: "{up} de {n} de servicios en marcha",
    other: "{up} de {n} servicios en marcha",
  },
  someDown: {
    one: "{up} de {n} servicio en marcha, caído: {names}",
    many: "{up} de {n} de servicios en marcha, caídos: {names}",
    other: "{up} de {n} servicios en marcha, caídos: {names}",
  },
  short: {
    one: "{up} de {n} servicio",
    many: "{up} de {n} de servicios",
    other: "{up} de {n} servicios",
  },
  title: "Servicios",
  answeredIn: "respondió en {span}",
};

export const connectorStates: Like<typeof en.connectorStates> = {
  bound: "Enlazado",
  boundTrx: "Enlazado TRX",
  boundTx: "Enlazado TX",
  boundRx: "Enlazado RX",
  binding: "Enlazando",
  throttled: "Limitado",
  down: "Caído",
  stopped: "Detenido",
  removed: "Eliminado",
  unknown: "Desconocido",
};

export const messageStates: Like<typeof en.messageStates> = {
  queued: "En cola",
  sending: "Enviando",
  accepted: "Aceptado",
  sent: "Enviado",
  delivered: "Entregado",
  undelivered: "No entregado",
  expired: "Caducado",
  rejected: "Rechazado",
  failed: "Fallido",
  uncertain: "Incierto",
  unconfirmed: "Sin confirmar",
  received: "Recibido",
};

export const messageStateNotes: Like<typeof en.messageStateNotes> = {
  queued: "Espera aquí a la pasarela",
  sending: "Se está pasando a la pasarela",
  accepted: "La pasarela lo tomó",
  sent: "El SMSC lo tomó; se espera su acuse",
  delivered: "El teléfono lo tiene",
  undelivered: "El SMSC no pudo entregarlo",
  expired: "Pasó su plazo antes de poder entregarlo",
  rejected: "La pasarela o el SMSC lo rechazó",
  failed: "No se pudo enviar",
  uncertain: "Puede haber llegado a la pasarela. No se envía de nuevo; su acuse lo aclara",
  unconfirmed: "No llegó ningún acuse en su plazo",
  received: "Vino de un teléfono",
};

export const signals: Like<typeof en.signals> = {
  request: "Tomado por la API",
  lease: "Pasado a la pasarela",
  accept: "Aceptado por la pasarela",
  defer: "Devuelto a la cola, se prueba más tarde",
  refuse: "Rechazado por la pasarela",
  lose: "Sin respuesta de la pasarela",
  giveUp: "Abandonado, pasó su plazo",
  timeOut: "Sin acuse en su plazo",
  submitted: "submit_sm_resp, tomado por el SMSC",
  submitRetried: "submit_sm_resp, la pasarela prueba otra vez",
  submitFailed: "submit_sm_resp, rechazado por el SMSC",
  receiptEnroute: "Acuse ENROUTE",
  receiptDelivered: "Acuse DELIVRD",
  receiptUndelivered: "Acuse UNDELIV",
  receiptExpired: "Acuse EXPIRED",
  receiptRejected: "Acuse REJECTD",
  receiptDeleted: "Acuse DELETED",
};

export const roles: Like<typeof en.roles> = {
  super_admin: "Superadministrador",
  admin: "Administrador",
  campaign_manager: "Gestor de campañas",
  analyst: "Analista",
  client: "Cliente",
};

export const roleNotes: Like<typeof en.roleNotes> = {
  super_admin: "Todo, también las máquinas",
  admin: "Usuarios y configuración",
  campaign_manager: "Envía mensajes, lleva campañas y contactos",
  analyst: "Lee e informa, no cambia nada",
  client: "Solo la cuenta propia",
};

export const severities: Like<typeof en.severities> = {
  critical: "Crítica",
  warning: "Aviso",
  info: "Información",
};

export const userStates: Like<typeof en.userStates> = {
  active: "Activo",
  invited: "Invitado",
  locked: "Bloqueado",
  disabled: "Desactivado",
};
