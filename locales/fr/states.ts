import type * as en from "../en/states.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const services: Like<typeof en.services> = {
  jcli: "jcli",
  http: "API HTTP",
  postgresql: "PostgreSQL",
  redis: "Redis",
  stream: "flux",
  workers: "processus",
  up: "en marche",
  down: "en panne",
  unknown: "inconnu",
  allUp: {
    one: "{up} service sur {n} en marche",
    many: "{up} services sur {n} en marche",
    other: "{up} services sur {n} en marche",
  },
  someDown: {
    one: "{up} service sur {n} en marche, en panne : {names}",
    many: "{up} services sur {n} en marche, en panne : {names}",
    other: "{up} services sur {n} en marche, en panne : {names}",
  },
  short: {
    one: "{up} service sur {n}",
    many: "{up} services sur {n}",
    other: "{up} services sur {n}",
  },
  title: "Services",
  answeredIn: "a répondu en {span}",
};

export const connectorStates: Like<typeof en.connectorStates> = {
  bound: "Lié",
  boundTrx: "Lié TRX",
  boundTx: "Lié TX",
  boundRx: "Lié RX",
  binding: "Liaison en cours",
  throttled: "Bridé",
  down: "En panne",
  stopped: "Arrêté",
  removed: "Supprimé",
  unknown: "Inconnu",
};

export const messageStates: Like<typeof en.messageStates> = {
  queued: "En file",
  sending: "En envoi",
  accepted: "Accepté",
  sent: "Envoyé",
  delivered: "Distribué",
  undelivered: "Non distribué",
  expired: "Expiré",
  rejected: "Refusé",
  failed: "Échoué",
  uncertain: "Incertain",
  unconfirmed: "Non confirmé",
  received: "Reçu",
};

export const messageStateNotes: Like<typeof en.messageStateNotes> = {
  queued: "Attend ici la passerelle",
  sending: "Est en train de passer à la passerelle",
  accepted: "La passerelle l’a pris",
  sent: "Le SMSC l’a pris ; son accusé est attendu",
  delivered: "Le téléphone l’a",
  undelivered: "Le SMSC n’a pas pu le distribuer",
  expired: "Son délai est passé avant la distribution",
  rejected: "La passerelle ou le SMSC l’a refusé",
  failed: "Il n’a pas pu être soumis",
  uncertain: "Il a peut-être atteint la passerelle. Il n’est pas renvoyé ; son accusé le dira",
  unconfirmed: "Aucun accusé n’est venu dans le délai",
  received: "Vient d’un téléphone",
};

export const signals: Like<typeof en.signals> = {
  request: "Pris par l’API",
  lease: "Passé à la passerelle",
  accept: "Accepté par la passerelle",
  defer: "Remis en file, nouvel essai plus tard",
  refuse: "Refusé par la passerelle",
  lose: "Sans réponse de la passerelle",
  giveUp: "Abandonné, son délai est passé",
  timeOut: "Sans accusé dans le délai",
  submitted: "submit_sm_resp, pris par le SMSC",
  submitRetried: "submit_sm_resp, la passerelle réessaie",
  submitFailed: "submit_sm_resp, refusé par le SMSC",
  receiptEnroute: "Accusé ENROUTE",
  receiptDelivered: "Accusé DELIVRD",
  receiptUndelivered: "Accusé UNDELIV",
  receiptExpired: "Accusé EXPIRED",
  receiptRejected: "Accusé REJECTD",
  receiptDeleted: "Accusé DELETED",
};

export const roles: Like<typeof en.roles> = {
  super_admin: "Super-administrateur",
  admin: "Administrateur",
  campaign_manager: "Gestionnaire de campagnes",
  analyst: "Analyste",
  client: "Client",
};

export const roleNotes: Like<typeof en.roleNotes> = {
  super_admin: "Tout, les machines comprises",
  admin: "Utilisateurs et configuration",
  campaign_manager: "Envoie des messages, mène des campagnes, tient les contacts",
  analyst: "Lit et rapporte, ne change rien",
  client: "Son propre compte seulement",
};

export const severities: Like<typeof en.severities> = {
  critical: "Critique",
  warning: "Avertissement",
  info: "Information",
};

export const userStates: Like<typeof en.userStates> = {
  active: "Actif",
  invited: "Invité",
  locked: "Bloqué",
  disabled: "Désactivé",
};
