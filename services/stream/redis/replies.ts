/**
 * Reads Redis' untyped answers; an answer of another shape is a fault, never a wrong value.
 * @module
 */
import type { Bounds, Entry, GroupState } from "../model.ts";
import { START_ID } from "../ids.ts";
import type { Reply } from "./connection.ts";

/** @throws TypeError when the reply is no list */
export function list(reply: Reply | undefined): readonly Reply[] {
  if (!Array.isArray(reply)) throw unexpected("a list", reply);
  return reply;
}

/** @throws TypeError when the reply is no text */
export function text(reply: Reply | undefined): string {
  if (typeof reply !== "string") throw unexpected("a text", reply);
  return reply;
}

/** @throws TypeError when the reply is no number */
export function count(reply: Reply | undefined): number {
  if (typeof reply !== "number") throw unexpected("a number", reply);
  return reply;
}

/** Entries as XRANGE lists them. One that was deleted while pending comes as null and is left out. */
export function entries(reply: Reply | undefined): Entry[] {
  const found: Entry[] = [];
  for (const each of list(reply)) {
    if (each === null) continue;
    const [id, fields] = list(each);
    if (fields === null) continue;
    const [, type, , data] = list(fields);
    found.push({ id: text(id), type: text(type), data: text(data) });
  }
  return found;
}

/** The entries of the one stream that XREADGROUP was asked for; null when the wait ended empty. */
export function entriesOfOnly(reply: Reply): Entry[] {
  if (reply === null) return [];
  const [only] = list(reply);
  const [, found] = list(only);
  return entries(found);
}

/** The bounds as the scripts answer them. */
export function bounds(reply: Reply | undefined): Bounds {
  const [epoch, floor, first, last] = list(reply);
  return {
    epoch: text(epoch),
    floor: id(floor),
    first: text(first) === "" ? null : text(first),
    last: id(last),
  };
}

/** One group as the script answers it. */
export function group(reply: Reply | undefined): GroupState {
  const [name, lastDelivered, pending, oldest] = list(reply);
  return {
    name: text(name),
    lastDelivered: id(lastDelivered),
    pending: count(pending),
    oldestPending: text(oldest) === "" ? null : text(oldest),
  };
}

function id(reply: Reply | undefined): string {
  const value = text(reply);
  return value === "0-0" ? START_ID : value;
}

function unexpected(wanted: string, got: Reply | undefined): TypeError {
  return new TypeError(`Redis answered ${JSON.stringify(got)} where ${wanted} was expected`);
}
