/**
 * The frame around every page: navigation, live state, theme, palette, keys.
 * @module
 */

export const app = {
  name: "Jasmin Dashboard",
  short: "Jasmin",
  title: "{page} · Jasmin Dashboard",
  skip: "Skip to content",
  main: "Main",
  mainPhone: "Main, phone",
  breadcrumb: "Breadcrumb",
  release: "{gateway} · Jasmin {release}",
  simulated: "Simulated gateway",
} as const;

export const nav = {
  dashboard: "Dashboard",
  walls: "Wall displays",
  alerts: "Alerts",
  gateway: "Gateway",
  connectors: "Connectors",
  routing: "Routing",
  gatewayUsers: "Users and groups",
  interceptors: "Interceptors",
  doctor: "Doctor",
  messaging: "Messaging",
  messages: "Messages",
  compose: "Send a message",
  inbox: "Inbox",
  campaigns: "Campaigns",
  contacts: "Contacts",
  templates: "Templates",
  billing: "Billing",
  accounts: "Accounts",
  rates: "Rates",
  invoices: "Invoices",
  reports: "Reports",
  administration: "Administration",
  users: "Users and roles",
  apiKeys: "API keys",
  audit: "Audit log",
  apiDocs: "API reference",
  settings: "Settings",
  profile: "Profile",
  more: "More",
  gallery: "States and parts",
} as const;

export const navCounts = {
  alerts: { one: "{n} active alert", other: "{n} active alerts" },
  inbox: { one: "{n} unread reply", other: "{n} unread replies" },
  connectors: { one: "{n} connector", other: "{n} connectors" },
  more: { one: "{n} matter needs you", other: "{n} matters need you" },
} as const;

export const live = {
  connecting: "Connecting",
  live: "Live",
  liveAt: "Live, {time}",
  again: "Connecting again",
  stale: "No data since {time}",
  offline: "Offline",
  paused: "Paused",
  asOf: "as of {time}",
  barTitle: "Connecting again.",
  barText:
    "The live stream stopped {ago} ago; figures with a dotted line are from {time}. Nothing is lost: the missed events come when it is back.",
  offlineTitle: "This computer is offline.",
  offlineText: "Figures are from {time}. They go on by themselves when the network is back.",
  tryNow: "Try now",
  newRows: { one: "{n} new", other: "{n} new" },
  showNew: "Show them",
} as const;

export const theme = {
  change: "Change theme",
  label: "Theme",
  system: "As the system",
  light: "Light",
  dark: "Dark",
  nowLight: "Theme: light. Change to dark",
  nowDark: "Theme: dark. Change to light",
} as const;

export const account = {
  menu: "Account: {name}, {role}",
  signedInAs: "Signed in as {name}",
  profile: "Profile and language",
  sessions: "Sessions",
  keys: "Keyboard keys",
  signOut: "Sign out",
  signOutEverywhere: "Sign out everywhere",
} as const;

export const palette = {
  open: "Search or go to",
  search: "Search",
  placeholder: "Page, connector, number or action",
  hint: "Ctrl K",
  close: "Esc",
  pages: "Pages",
  connectors: "Connectors",
  messages: "Messages",
  actions: "Actions",
  recent: "Last opened",
  asks: "Asks first",
  openIt: "Open",
  findMessages: "Messages with “{text}”",
  results: { one: "{n} result", other: "{n} results" },
  none: "Nothing is called “{text}”. Search the messages instead, or try part of a name.",
  title: "Search and commands",
} as const;

export const keys = {
  title: "Keyboard keys",
  palette: "Search or go to",
  help: "Show this list",
  search: "Go to the search field",
  close: "Close what is open",
  dashboard: "Go to the dashboard",
  connectors: "Go to connectors",
  messages: "Go to messages",
  compose: "Send a message",
  next: "Next row",
  previous: "Previous row",
  open: "Open the row",
  then: "{first} then {second}",
} as const;

export const languages = {
  label: "Language",
  es: "Español",
  en: "English",
  fr: "Français",
  de: "Deutsch",
} as const;
