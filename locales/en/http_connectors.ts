/**
 * HTTP client connectors: where messages from phones are brought.
 * @module
 */

export const httpConnectors = {
  kinds: "Kinds of connectors",
  add: "Add HTTP connector",
  about: "The gateway calls this address for each message from a phone that a route brings here.",
  id: "Connector id",
  url: "Address",
  urlHint: "http or https, with a host name that has a dot, an IPv4 address, or localhost.",
  urlWrong: "Write it like https://crm.example.com/mo, without spaces",
  method: "Method",
  routes: "MO routes",
  noRoutes: "none",
  masked: "What follows the host is shown to who may change it: it may have a token.",
  test: "Test {name}",
  testTitle: "Call {name} once?",
  testEffect: "The application gets a message from 00000 to 00000 and may act on it.",
  testHere: "It is called from this dashboard: the gateway’s own network may see it otherwise.",
  testVerb: "Call it",
  acked: "{name} acknowledged the message: {status} after {span}.",
  notAcked: "{name} answered {status} after {span}, but not with ACK/Jasmin.",
  notAckedText: "The gateway would call again, 4 times in all, and then drop the message.",
  noAnswer: "{name} did not answer: {reason}",
  answer: "What it answered",
  answerEmpty: "Nothing: the body is empty",
  remove: "Delete {name}",
  removeVerb: "Delete HTTP connector",
  removeTitle: "Delete {name}?",
  removeFree: "No route has a copy of it.",
  removeUsed: {
    one: "The route {routes} has a copy of it and goes on with that: replace the route to stop it.",
    other:
      "{n} routes ({routes}) have a copy of it and go on with that: replace the routes to stop it.",
  },
  created: "{name} was added and persisted.",
  removed: "{name} was deleted.",
  emptyTitle: "No HTTP connector yet",
  emptyText:
    "An HTTP connector brings messages from phones to an application. Add one, then a route to it.",
  awayText: "HTTP connectors are read from the gateway itself. They are back with its session.",
} as const;
