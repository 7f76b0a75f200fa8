/**
 * Which Jasmin it is, and whether it loses DLRs; pure.
 *
 * The released 0.11.1 fails in its handler of every submit_sm_resp (jookies/jasmin issues 1236 and
 * 1237): no DLR is ever called back. The repository after it is mended and still calls itself
 * 0.11.1. What tells them apart is a connector's key `custom_tlvs`, which only the later has, and on
 * its master branch the column `SMPP Peer IPs` of `stats --users`.
 * @module
 */
import type { CallbackEvidence } from "./callback_evidence.ts";
import type { Finding } from "./model.ts";

/** What was seen of the gateway beside its name. */
export interface ReleaseTraits {
  /** The keys of one of its connectors. */
  readonly connectorKeys?: readonly string[];
  /** Whether its statistics of users tell the peers. */
  readonly showsPeers?: boolean;
}

/** What is known when the release is judged. */
export interface ReleaseFacts {
  /** As the gateway calls itself; null when it can't be asked. */
  readonly release: string | null;
  readonly traits: ReleaseTraits;
  readonly callbacks: CallbackEvidence | null;
}

/** The two code bases that call themselves 0.11.1. */
export type CodeBase = "released" | "later" | "undecided";

const TRIED = "Read the release from the gateway, and what tells two of one name apart";

/** So many accepted messages in a row without a callback are no chance. */
const SILENCE = 5;

/** Which code base has these traits. */
export function codeBaseOf({ connectorKeys, showsPeers }: ReleaseTraits): CodeBase {
  if (showsPeers === true || connectorKeys?.includes("custom_tlvs") === true) return "later";
  return connectorKeys === undefined ? "undecided" : "released";
}

/** Judges the release by its name, its traits, and the callbacks that came of it. */
export function judgeRelease({ release, traits, callbacks }: ReleaseFacts): Finding {
  const tried = TRIED;
  if (release === null) {
    return { outcome: "skipped", tried, got: "Neither jcli nor the HTTP API tells it now" };
  }
  if (release !== "0.11.1") {
    return /^0\.1[12]\./.test(release) ? { outcome: "ok", tried, got: `Jasmin ${release}` } : {
      outcome: "warn",
      tried,
      got: `Jasmin ${release}, which this service was not tried with`,
      mend: "Use 0.11.0, or the repository's branch 0.11.1 or master",
    };
  }
  const codeBase = codeBaseOf(traits);
  if (codeBase === "later") {
    return {
      outcome: "ok",
      tried,
      got: "It calls itself 0.11.1 and has what only the repository after it has",
    };
  }
  const arrive = callbacks !== null && callbacks.called > 0 && callbacks.silent < SILENCE;
  if (arrive) {
    return {
      outcome: "ok",
      tried,
      got: "It calls itself 0.11.1; its callbacks arrive, which the released one never makes",
    };
  }
  const mend = "Use 0.11.0 or the repository's branch 0.11.1 or master; or in " +
    "jasmin/managers/listeners.py write r.response in place of _pdu.response, and restart jasmind";
  if (codeBase === "released") {
    return {
      outcome: "fail",
      tried,
      got: "Jasmin 0.11.1 as released, which loses every DLR (its issues 1236 and 1237)",
      mend,
    };
  }
  return {
    outcome: "warn",
    tried,
    got:
      "It calls itself 0.11.1: either the release that loses every DLR, or the repository after " +
      "it, which doesn't; from here they look the same",
    mend: `Send a message and look at the check of callbacks after a minute: if none comes, ${
      mend[0]?.toLowerCase() ?? ""
    }${mend.slice(1)}`,
  };
}
