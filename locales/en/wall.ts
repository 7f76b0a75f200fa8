/**
 * Wall displays: the screen itself, and the page where they are made.
 * @module
 */

export const wall = {
  title: "Wall display",
  mtPerSecond: "MT a second",
  moPerSecond: "MO a second",
  failedPerSecond: "Failed a second",
  peakToday: "Peak today",
  at: "at {time}",
  delivered: "Delivered, last hour",
  deliveredToday: "Delivered today",
  deliveryTime: "Delivery time, p95",
  queued: "Queued",
  submittedToday: "Submitted today",
  andBound: { one: "and {n} bound", other: "and {n} bound" },
  andMore: { one: "and {n} more", other: "and {n} more" },
  noData: "No data for {span}",
  figuresFrom: {
    one: "These figures are from {time}. Connecting again.",
    other: "These figures are from {time}. Connecting again, try {n}.",
  },
  revokedTitle: "This wall display was revoked",
  revokedText: "Its address no longer works. Make a new one under Wall displays.",
  noAlert: "No active alert",
  waitingFirst: "Waiting for the first figures",
} as const;

export const walls = {
  title: "Wall displays",
  make: "Make a wall display",
  name: "Name",
  nameHint: "Where it hangs, such as Operations room",
  account: "Account",
  panels: "Panels",
  panelTraffic: "Traffic",
  panelConnectors: "Connectors",
  panelFigures: "Figures",
  panelAlerts: "Alerts",
  theme: "Theme",
  language: "Language",
  zone: "Time zone",
  created: "Made",
  createdBy: "by {who}",
  seen: "Last seen",
  seenNow: { one: "{n} screen now", other: "{n} screens now" },
  never: "never",
  open: "Open",
  revoke: "Revoke",
  revoked: "Revoked",
  revokeTitle: "Revoke {name}?",
  revokeEffect: {
    one: "{n} screen goes dark within a second.",
    other: "{n} screens go dark within a second.",
  },
  revokeNone: "No screen shows it now.",
  address: "Address",
  addressOnce: "This address is shown once. Open it on the screen, or copy it now.",
  copyAddress: "Copy address",
  revokedToast: "{name} is revoked",
} as const;
