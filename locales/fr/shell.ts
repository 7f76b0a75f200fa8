import type * as en from "../en/shell.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const app: Like<typeof en.app> = {
  name: "Jasmin Dashboard",
  short: "Jasmin",
  title: "{page} · Jasmin Dashboard",
  skip: "Aller au contenu",
  main: "Principale",
  mainPhone: "Principale, téléphone",
  breadcrumb: "Fil d’Ariane",
  release: "{gateway} · Jasmin {release}",
  simulated: "Passerelle simulée",
};

export const nav: Like<typeof en.nav> = {
  dashboard: "Tableau de bord",
  walls: "Écrans muraux",
  alerts: "Alertes",
  gateway: "Passerelle",
  connectors: "Connecteurs",
  routing: "Routage",
  gatewayUsers: "Utilisateurs et groupes",
  interceptors: "Intercepteurs",
  doctor: "Diagnostic",
  messaging: "Messagerie",
  messages: "Messages",
  compose: "Envoyer un message",
  inbox: "Reçus",
  campaigns: "Campagnes",
  contacts: "Contacts",
  templates: "Modèles",
  billing: "Facturation",
  accounts: "Comptes",
  rates: "Tarifs",
  invoices: "Factures",
  reports: "Rapports",
  administration: "Administration",
  users: "Utilisateurs et rôles",
  apiKeys: "Clés d’API",
  audit: "Journal d’audit",
  apiDocs: "Référence de l’API",
  settings: "Réglages",
  profile: "Profil",
  more: "Plus",
  gallery: "États et pièces",
};

export const navCounts: Like<typeof en.navCounts> = {
  alerts: { one: "{n} alerte active", many: "{n} d’alertes actives", other: "{n} alertes actives" },
  inbox: {
    one: "{n} réponse non lue",
    many: "{n} de réponses non lues",
    other: "{n} réponses non lues",
  },
  connectors: { one: "{n} connecteur", many: "{n} de connecteurs", other: "{n} connecteurs" },
  more: {
    one: "{n} point demande votre attention",
    many: "{n} de points demandent votre attention",
    other: "{n} points demandent votre attention",
  },
};

export const live: Like<typeof en.live> = {
  connecting: "Connexion",
  live: "En direct",
  liveAt: "En direct, {time}",
  again: "Reconnexion",
  stale: "Sans données depuis {time}",
  offline: "Hors ligne",
  paused: "En pause",
  asOf: "à {time}",
  barTitle: "Reconnexion.",
  barText:
    "Le flux s’est arrêté il y a {ago} ; les chiffres soulignés en pointillé datent de {time}. Rien n’est perdu : les événements manquants arrivent à son retour.",
  offlineTitle: "Cet ordinateur est hors ligne.",
  offlineText: "Les chiffres datent de {time}. Ils reprennent seuls au retour du réseau.",
  tryNow: "Essayer maintenant",
  newRows: { one: "{n} nouveau", many: "{n} de nouveaux", other: "{n} nouveaux" },
  showNew: "Les afficher",
};

export const theme: Like<typeof en.theme> = {
  change: "Changer de thème",
  label: "Thème",
  system: "Comme le système",
  light: "Clair",
  dark: "Sombre",
  nowLight: "Thème : clair. Passer au sombre",
  nowDark: "Thème : sombre. Passer au clair",
};

export const account: Like<typeof en.account> = {
  menu: "Compte : {name}, {role}",
  signedInAs: "Connecté comme {name}",
  profile: "Profil et langue",
  sessions: "Sessions",
  keys: "Touches",
  signOut: "Se déconnecter",
  signOutEverywhere: "Se déconnecter partout",
};

export const palette: Like<typeof en.palette> = {
  open: "Chercher ou aller à",
  search: "Chercher",
  placeholder: "Page, connecteur, numéro ou action",
  hint: "Ctrl K",
  close: "Échap",
  pages: "Pages",
  connectors: "Connecteurs",
  messages: "Messages",
  actions: "Actions",
  recent: "Ouverts récemment",
  asks: "Demande d’abord",
  openIt: "Ouvrir",
  findMessages: "Messages avec « {text} »",
  results: { one: "{n} résultat", many: "{n} de résultats", other: "{n} résultats" },
  none: "Rien ne s’appelle « {text} ». Cherchez dans les messages, ou essayez une partie du nom.",
  title: "Recherche et commandes",
};

export const keys: Like<typeof en.keys> = {
  title: "Touches",
  palette: "Chercher ou aller à",
  help: "Afficher cette liste",
  search: "Aller au champ de recherche",
  close: "Fermer ce qui est ouvert",
  dashboard: "Aller au tableau de bord",
  connectors: "Aller aux connecteurs",
  messages: "Aller aux messages",
  compose: "Envoyer un message",
  next: "Ligne suivante",
  previous: "Ligne précédente",
  open: "Ouvrir la ligne",
  then: "{first} puis {second}",
};

export const languages: Like<typeof en.languages> = {
  label: "Langue",
  es: "Español",
  en: "English",
  fr: "Français",
  de: "Deutsch",
};
