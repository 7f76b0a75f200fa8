/**
 * What went wrong, and what there isn't.
 * @module
 */

export const errors = {
  badRequestTitle: "This can’t be read",
  badRequestText: "The address or the form has a part that makes no sense here: {detail}.",
  unauthenticatedTitle: "You are signed out",
  unauthenticatedText: "Sign in again; you come back to this page.",
  forbiddenTitle: "This is not for your role",
  forbiddenText:
    "You are signed in as {role}. An administrator of {account} can do it or change your role.",
  notFoundTitle: "There is nothing here",
  notFoundText: "The address is wrong, or what it names was removed.",
  goneTitle: "{name} is gone",
  goneText: "It was removed on {day} by {who}. Its history is still here.",
  conflictTitle: "It changed meanwhile",
  conflictText: "{who} changed it at {time}. Look at it again, then save.",
  tooLargeTitle: "That is too much at once",
  tooLargeText: "{size} came, {most} is taken at most.",
  rateLimitedTitle: "Too many requests",
  rateLimitedText: "Try again in {span}.",
  quotaTitle: "The quota is used up",
  quotaText: "{used} of {limit} messages of this period are sent. It starts again on {day}.",
  unavailableTitle: "This can’t be read now",
  unavailableText: "{service} does not answer. Traffic goes on; the page comes back when it does.",
  internalTitle: "This page failed",
  internalText: "It is our fault, and it is logged with the number {id}. The other pages work.",
  panelTitle: "{name} could not be read",
  timeoutText: "{service} took longer than {span}. The rest of the page is right.",
  retry: "Try again",
  goDashboard: "Go to the dashboard",
  goBack: "Go back",
  requestId: "Request {id}",
  jcliTitle: "jcli does not answer.",
  jcliText:
    "You see the state of {time}. Traffic goes on, but nothing on the gateway can be changed from here until {address} accepts a session.",
  openDoctor: "Open doctor",
  noScript:
    "Without JavaScript this page is complete, but it does not move. Reload it to see the present state.",
} as const;

export const empty = {
  connectorsTitle: "No connector yet",
  connectorsText:
    "A connector binds the gateway to an operator’s SMSC. Messages go out when the first one is bound.",
  connectorsAction: "Add connector",
  messagesTitle: "No message yet",
  messagesText:
    "Every message of this account is listed here, with its whole life. Send the first one to see it.",
  messagesAction: "Send a message",
  inboxTitle: "No reply yet",
  inboxText: "Messages from handsets come in here, as soon as a connector receives one.",
  filteredTitle: "No message matches",
  filteredText: {
    one: "{n} message is there without the filter.",
    other: "{n} messages are there without the filter.",
  },
  filteredRows: {
    one: "{n} is there without the filter.",
    other: "{n} are there without the filter.",
  },
  filteredRowsTitle: "Nothing matches",
  filteredAction: "Clear filters",
  alertsTitle: "No active alert",
  alertsText: "The last one, “{name}”, ended {when} after {span}.",
  alertsNever: "There was none since the dashboard runs.",
  alertsAction: "See history",
  eventsTitle: "Nothing happened yet",
  eventsText: "Changes of connectors, services and settings are told here.",
  queuesTitle: "Nothing waits",
  queuesText: "Every message that was taken has been handed on.",
  wallsTitle: "No wall display yet",
  wallsText:
    "A wall display shows the traffic on a large screen without signing in. Its address holds a key that you can revoke.",
  wallsAction: "Make a wall display",
  apiKeysTitle: "No API key yet",
  apiKeysText:
    "A key lets a program send and read messages as this account, with the scopes that you choose.",
  apiKeysAction: "Make an API key",
  auditTitle: "No entry",
  auditText: "Every change is written here, with who and from where.",
  usersTitle: "No other user yet",
  usersText: "People sign in with their own address and role. Invite the first one.",
  usersAction: "Add a user",
  sessionsTitle: "No other session",
  sessionsText: "You are signed in here only.",
  trafficTitle: "No traffic yet",
  trafficText: "The first message moves this chart.",
} as const;
