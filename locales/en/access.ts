/**
 * API keys, audit log, API reference.
 * @module
 */

export const apiKeys = {
  title: "API keys",
  make: "Make an API key",
  name: "Name",
  nameHint: "Which program uses it",
  scopes: "Scopes",
  scopesHint: "What the program may do; never more than you may",
  expires: "Expires",
  expiresNever: "never",
  expired: "Expired",
  in30Days: "in 30 days",
  in90Days: "in 90 days",
  inYear: "in a year",
  prefix: "Key",
  created: "Made",
  lastUsed: "Last used",
  neverUsed: "never used",
  once: "This key is shown once. Copy it now; we keep only its hash.",
  copyKey: "Copy key",
  revoke: "Revoke",
  revokeTitle: "Revoke {name}?",
  revokeEffect: "Programs that use it are refused at once.",
  revokeUsed: "It was last used {when}.",
  revokedToast: "{name} is revoked",
  state: "State",
  active: "Active",
  revoked: "Revoked",
} as const;

export const audit = {
  title: "Audit log",
  time: "Time",
  who: "Who",
  action: "Action",
  subject: "Subject",
  from: "From",
  before: "Before",
  after: "After",
  changes: "Changes",
  find: "Person, action or subject",
  system: "the system",
  commandLine: "the command line",
  erased: "erased",
  chainWhole: "The chain is whole: {count} entries checked at {time}",
  chainBroken: "The chain breaks at entry {seq}",
  verify: "Check the chain",
  entry: "Entry {seq}",
  hash: "Hash",
  noChange: "nothing changed",
} as const;

export const apiDocs = {
  title: "API reference",
  intro:
    "Everything that these pages do, a program can do. Try each request here with your own token.",
  token: "Token",
  useMine: "Use my session",
  openapi: "OpenAPI 3.1",
  tryIt: "Try it",
  request: "Request",
  response: "Response",
  needs: "Needs {permission}",
  noPermission: "Your role may not call this",
  answeredIn: "{status} in {span}",
} as const;
