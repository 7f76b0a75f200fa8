/**
 * What README promises, each with the test that holds it.
 * @module
 */

/** A promise and its test. */
export interface Kept {
  readonly promise: string;
  /** The file in which the test is written. */
  readonly file: string;
  /** The test's title, or the part of it that is the same in each of its variants. */
  readonly test: string;
  /** The title of the test or `describe` that it is a step of; the result is then that one's. */
  readonly within?: string;
}

const CORRIDOR = {
  file: "tests/jasmin/corridor_test.ts",
  within: "the corridor on the real gateway",
};
const FAILING = {
  file: "tests/integration/gateway_faults_test.ts",
  within: "a gateway that fails",
};
const CALLBACKS = { file: "tests/integration/callbacks_test.ts", within: "callbacks" };
const CONNECTORS = { file: "tests/integration/connectors_test.ts", within: "connectors" };
const ACCESS = { file: "tests/integration/access_test.ts", within: "access" };
const LIFE = { file: "tests/integration/message_life_test.ts", within: "a message's life" };
const SIGNING_IN = { file: "tests/integration/auth_test.ts", within: "signing in" };
const AUDIT = { file: "services/audit/audit_test.ts", within: "the audit log on PostgreSQL" };

const PROCESSES = "tests/integration/processes_test.ts";
const KILLED = { file: "tests/faults/kills_test.ts", within: "processes that are killed" };
const STORES = { file: "tests/faults/stores_test.ts", within: "stores that fail" };
const DEMO = { file: PROCESSES, within: "demo" };

/** In the order in which README lists them. */
export const PROMISES: readonly Kept[] = [
  {
    promise: "Messages of every kind reach the SMSC through the real Jasmin, each once, and come " +
      "to their true end",
    ...CORRIDOR,
    test: "messages of every kind to the SMSC, each once, and to its true end",
  },
  {
    promise: "Each life is told live, in order and once",
    ...CORRIDOR,
    test: "told each of those lives by SSE, in order and once",
  },
  {
    promise: "MO messages of every coding arrive in the inbox",
    ...CORRIDOR,
    test: "brings MOs of every coding to the inbox",
  },
  {
    promise: "A national number is refused, with the mend",
    ...CORRIDOR,
    test: "refuses national numbers and says the mend",
  },
  {
    promise: "Starting and stopping a connector answers with the state that it reached",
    ...CORRIDOR,
    test: "stops and starts a connector and answers with the state reached",
  },
  {
    promise: "A connector that drops is shown within two seconds of the gateway's knowing",
    ...CORRIDOR,
    test: "sees a connector drop and come back within two seconds of the gateway knowing",
  },
  {
    promise: "What waits while the gateway is away goes out when it is back",
    ...CORRIDOR,
    test: "sends what waits while the gateway is away, once it is back",
  },
  {
    promise: "No text in any field becomes a second line of jcli, on the real gateway",
    file: "tests/jasmin/client_test.ts",
    within: "our client on the real gateway",
    test: "no string in any field is a second line, a command or another value",
  },
  {
    promise: "The simulated gateway says what the real one said, to the byte",
    file: "tests/jasmin/simulator_transcripts_test.ts",
    test: "the simulator says what was recorded",
  },
  {
    promise: "A repeated request with one `Idempotency-Key` sends one message",
    file: "tests/integration/messages_test.ts",
    within: "messages",
    test: "makes one message of 64 requests at once, and one submit",
  },
  {
    promise: "A message is submitted once at most, whatever fails, and none is lost",
    ...FAILING,
    test: "faults on a third of all requests: each message once at most, and none lost",
  },
  {
    promise: "A message that may have reached the gateway is `uncertain` and not sent again",
    ...FAILING,
    test: "cut before it did anything: uncertain, and never sent again",
  },
  {
    promise: "A receipt settles what was uncertain",
    ...FAILING,
    test: "cut after it took the message: its DLR settles what was uncertain, sent once",
  },
  {
    promise: "A callback is stored before Jasmin is told that it was received",
    ...CALLBACKS,
    test: "1,000 at once are all kept, and each is acknowledged only then",
  },
  {
    promise: "A forged callback moves nothing",
    ...CALLBACKS,
    test: "forged, and nothing is kept: another message's signature, none, another's kind",
  },
  {
    promise: "Any number of ingest workers loses nothing and counts nothing twice",
    ...LIFE,
    test: "loses nothing and doubles nothing with eight ingest workers at once",
  },
  {
    promise: "The figures agree with the messages, whatever happened to them",
    file: "tests/integration/message_life_test.ts",
    within: "counts",
    test: "agree with the rows after a random history, however far they are folded",
  },
  {
    promise: "No message waits for ever",
    file: "services/messages/states_test.ts",
    test: "every state that is not final is left by a clock",
  },
  {
    promise: "A live connection that was cut goes on where it was: nothing lost, nothing twice",
    file: "tests/integration/live_test.ts",
    within: "live",
    test: "goes on by Last-Event-ID over cuts: nothing lost, nothing twice",
  },
  {
    promise: "Who missed something that is gone is told so, and gets a snapshot",
    file: "tests/integration/live_test.ts",
    within: "live",
    test: "says gap and takes a snapshot, when what it missed was trimmed",
  },
  {
    promise: "Readers of the stream lose nothing and get nothing twice, on Redis and PostgreSQL",
    file: "services/stream/testing/conformance.ts",
    test: "concurrent appenders and readers lose nothing and double nothing",
  },
  {
    promise: "A connector that is changed outside of the dashboard is seen, and told live",
    ...CONNECTORS,
    test: "one that is made, stopped or removed outside appears by itself, and is told live",
  },
  {
    promise: "Each operation is audited: who, what, before and after",
    ...CONNECTORS,
    test: "each operation leaves an audit entry with who, what, before and after; the chain holds",
  },
  {
    promise: "An audit log that was altered is found out, at its first broken entry",
    ...AUDIT,
    test: "whatever is altered, the first broken entry is named",
  },
  {
    promise: "Secrets are nowhere in the audit log",
    ...AUDIT,
    test: "a secret is nowhere in the log",
  },
  {
    promise: "Each endpoint lets through exactly those whom its permission names",
    ...ACCESS,
    test: "every endpoint for every kind of caller",
  },
  {
    promise: "An account sees no message of another",
    ...ACCESS,
    test: "see no message of another, whoever asks and however",
  },
  {
    promise: "The OpenAPI document is valid and lists exactly the endpoints that there are",
    ...ACCESS,
    test: "has a document that is valid OpenAPI 3.1 and lists exactly the endpoints",
  },
  {
    promise: "No input makes a server error, and every refusal is a problem of RFC 9457",
    file: "routes/api/fuzz_test.ts",
    test: "no body, path, query or header makes a 5xx, and every refusal is a problem",
  },
  {
    promise: "A refresh token that is used twice ends its session",
    ...SIGNING_IN,
    test: "rotates a refresh token; one that is used up again ends the whole session",
  },
  {
    promise: "Guessing passwords is slowed down without locking the owner out",
    ...SIGNING_IN,
    test: "slows guessing down by 429 with Retry-After, without locking the owner out",
  },
  {
    promise: "Passwords are hashed off the main thread",
    file: "services/auth/hasher_test.ts",
    test: "the main thread goes on while a password is hashed",
  },
  {
    promise: "One process at a time writes to jcli",
    file: "services/db/lease_test.ts",
    test: "of many contenders, one holds; after release the next has a higher epoch",
  },
  {
    promise: "A worker that hangs ends the process, which is started again",
    file: "workers/supervisor_test.ts",
    test: "a worker that computes for ever ends the process with 75, the others drained",
  },
  {
    promise: "The PostgreSQL that comes with it survives every kind of accident",
    file: "services/db/embedded/start_test.ts",
    test: "an embedded server, from its first start through every accident",
  },
  {
    promise: "The demo is ready soon, and says who may sign in and that its gateway is simulated",
    ...DEMO,
    test: "is ready soon, and says where, who may sign in, and that the gateway is simulated",
  },
  {
    promise: "The demo keeps its data",
    ...DEMO,
    test: "keeps its data over a second start",
  },
  {
    promise: "A second start on the same `DATA_DIR` is refused by a sentence",
    ...DEMO,
    test: "refuses a second start on the same folder by a sentence",
  },
  {
    promise: "Each wrong or missing value of the configuration is told in a sentence",
    file: PROCESSES,
    within: "serve with a wrong environment",
    test: "two faults: a sentence for each",
  },
  {
    promise: "Stopping under load loses nothing of what was taken",
    file: PROCESSES,
    within: "serve",
    test: "ends within 10 s of SIGTERM under load, and loses nothing of what it has taken",
  },
  {
    promise:
      "A process that is killed, whichever and wherever, loses no message and sends none twice",
    ...KILLED,
    test: "all of them at once",
  },
  {
    promise: "Every connection to PostgreSQL may be cut, again and again, under traffic",
    ...STORES,
    test: "every connection to PostgreSQL is cut, again and again",
  },
  {
    promise: "PostgreSQL may be killed under traffic",
    ...STORES,
    test: "PostgreSQL is killed and comes back",
  },
  {
    promise: "Messages go on while Redis is frozen, and the health tells it",
    ...STORES,
    test: "Redis is frozen: told, and messages go on",
  },
  {
    promise: "A frozen holder of the jcli lease sends not one more byte when it thaws",
    ...STORES,
    test:
      "the holder of the jcli lease is frozen past its lease: another takes over, it says no more",
  },
  {
    promise: "Each statement gets its own answer or fails, while connections are cut all the time",
    file: "services/db/connect_test.ts",
    test: "while connections are cut all the time, each statement gets its own answer or fails",
  },
  {
    promise: "Web and roles may run as processes of their own",
    file: PROCESSES,
    within: "serve",
    test: "as two processes, one for the web and one for the roles, works the same",
  },
  {
    promise: "The log tells no secret",
    file: PROCESSES,
    within: "serve",
    test: "has told no secret, though it logged all there is",
  },
  {
    promise: "`doctor` names what was tried, what came back and the mend of a fault",
    file: "commands/doctor_report_test.ts",
    test: "renderReport() tells what was tried, what came back and the mend of a fault",
  },
  {
    promise: "`doctor` finds the release of Jasmin that loses every receipt",
    file: "services/doctor/gateway_console_test.ts",
    within: "doctor on the release",
    test: "finds the released 0.11.1 by a connector's keys",
  },
  {
    promise: "`deno task send` follows a message to its end, with nothing but the API",
    file: "tasks/send_test.ts",
    test: "task send ends with 0 on delivery and prints each step and the end",
  },
  {
    promise: "Islands come to life under a content policy without `unsafe-inline`",
    file: "fresh/browser_test.ts",
    test: "islands come to life under a strict policy: shared signals, props of every kind",
  },
  {
    promise: "This page's tables are those of the code",
    file: "tasks/readme_test.ts",
    test: "README and .env.example say what the code says",
  },
];
