/**
 * The submit_sm that an operator gets, field by field.
 * @see SMPP 3.4, section 4.4.1
 */
import { toHex } from "../python/text.ts";
import { configNumber, type ConfigValue } from "./connector_config.ts";
import type { Submit } from "./submit.ts";

/** Fields by their SMPP names; content and optional parameters (`tlv_0426`) in hexadecimal. */
export type SubmitSm = Readonly<Record<string, string | number>>;

/** The PDU of one part, from 0. */
export function submitSm(
  submit: Submit,
  part: number,
  config: ReadonlyMap<string, ConfigValue>,
): SubmitSm {
  const several = submit.parts.length > 1;
  const last = part === submit.parts.length - 1;
  const fallback = config.get("src_addr");
  const number = (key: string) => configNumber(config, key);
  return {
    service_type: "",
    source_addr_ton: number("src_ton"),
    source_addr_npi: number("src_npi"),
    source_addr: submit.source?.value ?? (typeof fallback === "string" ? fallback : ""),
    dest_addr_ton: number("dst_ton"),
    dest_addr_npi: number("dst_npi"),
    destination_addr: submit.destination,
    // Store and forward; or a user data header.
    esm_class: several ? 0x40 : 0x03,
    protocol_id: number("proto_id"),
    priority_flag: submit.priority,
    schedule_delivery_time: submit.scheduled ?? "",
    validity_period: submit.validUntil === undefined ? "" : absoluteTime(submit.validUntil),
    registered_delivery: submit.receipt && last ? 1 : 0,
    replace_if_present_flag: number("ripf"),
    data_coding: submit.coding,
    sm_default_msg_id: number("def_msg_id"),
    short_message: toHex(submit.parts[part] ?? ""),
    // more_messages_to_send
    ...(several ? { tlv_0426: last ? "00" : "01" } : {}),
  };
}

/** `YYMMDDhhmmsstnnp`, of a local time without its zone. */
function absoluteTime(at: Date): string {
  const parts = [at.getFullYear() % 100, at.getMonth() + 1, at.getDate()];
  const text = [...parts, at.getHours(), at.getMinutes(), at.getSeconds()]
    .map((part) => String(part).padStart(2, "0")).join("");
  return `${text}${Math.floor(at.getMilliseconds() / 100)}00+`;
}
