/**
 * The states of things, each with one word everywhere.
 * @module
 */

export const services = {
  jcli: "jcli",
  http: "HTTP API",
  postgresql: "PostgreSQL",
  redis: "Redis",
  stream: "stream",
  workers: "workers",
  up: "up",
  down: "down",
  unknown: "unknown",
  allUp: { one: "{up} of {n} service up", other: "{up} of {n} services up" },
  someDown: {
    one: "{up} of {n} service up, down: {names}",
    other: "{up} of {n} services up, down: {names}",
  },
  short: { one: "{up} of {n} service", other: "{up} of {n} services" },
  title: "Services",
  answeredIn: "answered in {span}",
} as const;

export const connectorStates = {
  bound: "Bound",
  boundTrx: "Bound TRX",
  boundTx: "Bound TX",
  boundRx: "Bound RX",
  binding: "Binding",
  throttled: "Throttled",
  down: "Down",
  stopped: "Stopped",
  removed: "Removed",
  unknown: "Unknown",
} as const;

export const messageStates = {
  queued: "Queued",
  sending: "Sending",
  accepted: "Accepted",
  sent: "Sent",
  delivered: "Delivered",
  undelivered: "Undelivered",
  expired: "Expired",
  rejected: "Rejected",
  failed: "Failed",
  uncertain: "Uncertain",
  unconfirmed: "Unconfirmed",
  received: "Received",
} as const;

export const messageStateNotes = {
  queued: "Waits here for the gateway",
  sending: "Is being handed to the gateway",
  accepted: "The gateway took it",
  sent: "The SMSC took it; its receipt is awaited",
  delivered: "The handset has it",
  undelivered: "The SMSC could not deliver it",
  expired: "Its time passed before it could be delivered",
  rejected: "The gateway or the SMSC refused it",
  failed: "It could not be submitted",
  uncertain: "It may have reached the gateway. It is not sent again; its receipt settles it",
  unconfirmed: "No receipt came in its time",
  received: "Came from a handset",
} as const;

export const signals = {
  request: "Taken by the API",
  lease: "Handed to the gateway",
  accept: "Accepted by the gateway",
  defer: "Put back, tried again later",
  refuse: "Refused by the gateway",
  lose: "No answer from the gateway",
  giveUp: "Given up, its time passed",
  timeOut: "No receipt in its time",
  submitted: "submit_sm_resp, taken by the SMSC",
  submitRetried: "submit_sm_resp, the gateway tries again",
  submitFailed: "submit_sm_resp, refused by the SMSC",
  receiptEnroute: "Receipt ENROUTE",
  receiptDelivered: "Receipt DELIVRD",
  receiptUndelivered: "Receipt UNDELIV",
  receiptExpired: "Receipt EXPIRED",
  receiptRejected: "Receipt REJECTD",
  receiptDeleted: "Receipt DELETED",
} as const;

export const roles = {
  super_admin: "Super Admin",
  admin: "Admin",
  campaign_manager: "Campaign Manager",
  analyst: "Analyst",
  client: "Client",
} as const;

export const roleNotes = {
  super_admin: "Everything, the machines included",
  admin: "Users and configuration",
  campaign_manager: "Sends messages, runs campaigns, keeps contacts",
  analyst: "Reads and reports, changes nothing",
  client: "The own account only",
} as const;

export const severities = {
  critical: "Critical",
  warning: "Warning",
  info: "Information",
} as const;

export const userStates = {
  active: "Active",
  invited: "Invited",
  locked: "Locked",
  disabled: "Disabled",
} as const;
