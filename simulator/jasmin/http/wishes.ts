/** What a sender asks for beside the text: receipts, a time, a validity. */
import type { DlrRequest } from "../gateway/submit.ts";
import { type Arguments, bytesArgument, bytesOf, plain } from "./arguments.ts";

/** Receipts as they were asked for; `text` is the log's word for the level. */
export function readDlr(args: Arguments): {
  readonly wanted: boolean;
  readonly text: string;
  readonly request: DlrRequest | undefined;
} {
  if (bytesOf(args, "dlr") !== "yes") return { wanted: false, text: "No", request: undefined };
  const level = args.get("dlr-level") ?? bytesArgument("1");
  const number = Number(plain(level));
  // The level by default, and one from JSON, are numbers: the log calls them All.
  const text = level.kind !== "bytes" || number === 3 ? "All" : number === 2 ? "Terminal" : "SMS-C";
  const url = args.get("dlr-url");
  return {
    wanted: true,
    text,
    request: url === undefined ? undefined : {
      url: plain(url),
      level: number === 3 ? 3 : number === 2 ? 2 : 1,
      method: bytesOf(args, "dlr-method") ?? "POST",
    },
  };
}

/** Scheduled delivery and end of validity. */
export function timesOf(args: Arguments): { scheduled?: string; validUntil?: Date } {
  const scheduled = bytesOf(args, "sdt");
  const minutes = args.get("validity-period");
  return {
    ...(scheduled === undefined ? {} : { scheduled }),
    ...(minutes === undefined
      ? {}
      : { validUntil: new Date(Date.now() + Number(plain(minutes)) * 60_000) }),
  };
}
