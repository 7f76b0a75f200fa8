import type * as en from "../en/shell.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const app: Like<typeof en.app> = {
  name: "Jasmin Dashboard",
  short: "Jasmin",
  title: "{page} · Jasmin Dashboard",
  skip: "Ir al contenido",
  main: "Principal",
  mainPhone: "Principal, teléfono",
  breadcrumb: "Ruta de navegación",
  release: "{gateway} · Jasmin {release}",
  simulated: "Pasarela simulada",
};

export const nav: Like<typeof en.nav> = {
  dashboard: "Panel",
  walls: "Pantallas murales",
  alerts: "Alertas",
  gateway: "Pasarela",
  connectors: "Conectores",
  routing: "Enrutamiento",
  gatewayUsers: "Usuarios y grupos",
  interceptors: "Interceptores",
  doctor: "Diagnóstico",
  messaging: "Mensajería",
  messages: "Mensajes",
  compose: "Enviar un mensaje",
  inbox: "Recibidos",
  campaigns: "Campañas",
  contacts: "Contactos",
  templates: "Plantillas",
  billing: "Facturación",
  accounts: "Cuentas",
  rates: "Tarifas",
  invoices: "Facturas",
  reports: "Informes",
  administration: "Administración",
  users: "Usuarios y roles",
  apiKeys: "Claves de API",
  audit: "Registro de auditoría",
  apiDocs: "Referencia de la API",
  settings: "Ajustes",
  profile: "Perfil",
  more: "Más",
  gallery: "Estados y piezas",
};

export const navCounts: Like<typeof en.navCounts> = {
  alerts: {
    one: "{n} alerta activa",
    many: "{n} de alertas activas",
    other: "{n} alertas activas",
  },
  inbox: {
    one: "{n} respuesta sin leer",
    many: "{n} de respuestas sin leer",
    other: "{n} respuestas sin leer",
  },
  connectors: { one: "{n} conector", many: "{n} de conectores", other: "{n} conectores" },
  more: {
    one: "{n} asunto requiere su atención",
    many: "{n} de asuntos requieren su atención",
    other: "{n} asuntos requieren su atención",
  },
};

export const live: Like<typeof en.live> = {
  connecting: "Conectando",
  live: "En vivo",
  liveAt: "En vivo, {time}",
  again: "Conectando de nuevo",
  stale: "Sin datos desde las {time}",
  offline: "Sin conexión",
  paused: "En pausa",
  asOf: "a las {time}",
  barTitle: "Conectando de nuevo.",
  barText:
    "La transmisión se detuvo hace {ago}; las cifras con línea de puntos son de las {time}. No se pierde nada: los eventos que faltan llegan cuando vuelva.",
  offlineTitle: "Este equipo no tiene conexión.",
  offlineText: "Las cifras son de las {time}. Siguen por sí solas cuando vuelva la red.",
  tryNow: "Probar ahora",
  newRows: { one: "{n} nuevo", many: "{n} de nuevos", other: "{n} nuevos" },
  showNew: "Mostrarlos",
};

export const theme: Like<typeof en.theme> = {
  change: "Cambiar el tema",
  label: "Tema",
  system: "Como el sistema",
  light: "Claro",
  dark: "Oscuro",
  nowLight: "Tema: claro. Cambiar a oscuro",
  nowDark: "Tema: oscuro. Cambiar a claro",
};

export const account: Like<typeof en.account> = {
  menu: "Cuenta: {name}, {role}",
  signedInAs: "Sesión iniciada como {name}",
  profile: "Perfil e idioma",
  sessions: "Sesiones",
  keys: "Teclas",
  signOut: "Cerrar sesión",
  signOutEverywhere: "Cerrar sesión en todas partes",
};

export const palette: Like<typeof en.palette> = {
  open: "Buscar o ir a",
  search: "Buscar",
  placeholder: "Página, conector, número o acción",
  hint: "Ctrl K",
  close: "Esc",
  pages: "Páginas",
  connectors: "Conectores",
  messages: "Mensajes",
  actions: "Acciones",
  recent: "Abiertos hace poco",
  asks: "Pregunta antes",
  openIt: "Abrir",
  findMessages: "Mensajes con «{text}»",
  results: { one: "{n} resultado", many: "{n} de resultados", other: "{n} resultados" },
  none: "Nada se llama «{text}». Busque en los mensajes o pruebe con parte de un nombre.",
  title: "Búsqueda y órdenes",
};

export const keys: Like<typeof en.keys> = {
  title: "Teclas",
  palette: "Buscar o ir a",
  help: "Mostrar esta lista",
  search: "Ir al campo de búsqueda",
  close: "Cerrar lo que está abierto",
  dashboard: "Ir al panel",
  connectors: "Ir a los conectores",
  messages: "Ir a los mensajes",
  compose: "Enviar un mensaje",
  next: "Fila siguiente",
  previous: "Fila anterior",
  open: "Abrir la fila",
  then: "{first} y luego {second}",
};

export const languages: Like<typeof en.languages> = {
  label: "Idioma",
  es: "Español",
  en: "English",
  fr: "Français",
  de: "Deutsch",
};
