/** Scripts: what is said to a gateway, as data, so that the real one and the simulator hear the same. */

/**
 * One step. A bare string is a jcli line on session `a`. In every text `{{name}}` stands for a value
 * of the run: `{{dir}}` (a folder of the gateway's machine), `{{smscPort}}`, `{{hookPort}}`.
 */
export type Step =
  | string
  | LineStep
  | OpenStep
  | LoginStep
  | RawStep
  | HangUpStep
  | HttpStep
  | HookStep
  | CallbacksStep
  | SmscAnswersStep
  | SubmittedStep
  | ReceiptStep
  | MoStep
  | WaitStep
  | FileStep
  | MomentStep;

/** A jcli line on a named session. */
export interface LineStep {
  readonly on: string;
  readonly line: string;
}

/** Connects a session and records what the gateway says by itself. */
export interface OpenStep {
  readonly open: string;
}

/** Connects a session and logs it in with the gateway's own credentials. */
export interface LoginStep {
  readonly login: string;
}

/** Bytes as they are, written as Latin-1 text. Nothing is awaited but silence. */
export interface RawStep {
  readonly on: string;
  readonly raw: string;
}

/** Closes a session from our side, with nothing said. */
export interface HangUpStep {
  readonly hangUp: string;
}

/** One HTTP request on a connection of its own; `Host` and `Connection: close` are added. */
export interface HttpStep {
  readonly http: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How our listener answers the callbacks from now on. */
export interface HookStep {
  readonly hook: "ack" | "no ack" | "404" | "500" | "slow";
}

/** Waits until so many more callbacks came, and records them. */
export interface CallbacksStep {
  readonly callbacks: number;
}

/**
 * How the SMSC answers the next messages: a status for each, `ESME_ROK` when the list is empty;
 * `receipt first` sends a receipt before the answer.
 */
export interface SmscAnswersStep {
  readonly smscAnswers: readonly string[];
}

/** Waits until the SMSC got so many more messages, and records their fields. */
export interface SubmittedStep {
  readonly submitted: number;
}

/** Waits for the n-th message since the start (from 1) and has the SMSC send a receipt for it. */
export interface ReceiptStep {
  readonly receiptFor: number;
  readonly stat: string;
  readonly err?: string;
}

/** The SMSC sends a message of a phone to the gateway. */
export interface MoStep {
  readonly mo: {
    readonly from: string;
    readonly to: string;
    /** Hexadecimal, with its user data header when `esmClass` says that there is one. */
    readonly content: string;
    readonly coding?: number;
    readonly esmClass?: number;
  };
}

/** Repeats a jcli line, unrecorded, until the answer has the text; then records it once. */
export interface WaitStep {
  readonly until: string;
  readonly line: string;
}

/** Puts a file into `{{dir}}`. */
export interface FileStep {
  readonly file: string;
  readonly text: string;
}

/** Waits until the clock shows this millisecond of a second, or up to 20 later. */
export interface MomentStep {
  readonly atMillisecond: number;
}

/** A named list of steps, played on a gateway that is started for it alone. */
export interface Script {
  /** The transcript's file name, without `.txt`. */
  readonly name: string;
  /** One line for the transcript's head. */
  readonly about: string;
  /** The gateway runs interceptord. */
  readonly interceptor?: boolean;
  /** What it shows is a fault of the real gateway that a simulator needs not have. */
  readonly realOnly?: boolean;
  readonly steps: readonly Step[];
}
