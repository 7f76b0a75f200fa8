/** The gateway's counters: what `stats` and `/metrics` show, in memory until a restart. */

/** Counts, times and the last sequence number by name; zero times mean never. */
export class Counters {
  readonly #values: Map<string, number | Date | null>;

  constructor(names: readonly string[]) {
    this.#values = new Map(names.map((name) => [name, name === "last_seqNum" ? null : 0]));
  }

  add(name: string, amount = 1): void {
    const value = this.#values.get(name);
    this.#values.set(name, (typeof value === "number" ? value : 0) + amount);
  }

  set(name: string, value: number | Date): void {
    this.#values.set(name, value);
  }

  count(name: string): number {
    const value = this.#values.get(name);
    return typeof value === "number" ? value : 0;
  }

  get(name: string): number | Date | null {
    return this.#values.get(name) ?? null;
  }

  entries(): Iterable<[string, number | Date | null]> {
    return this.#values.entries();
  }
}

export const HTTP_COUNTERS: readonly string[] = [
  "created_at",
  "request_count",
  "last_request_at",
  "auth_error_count",
  "route_error_count",
  "interceptor_error_count",
  "interceptor_count",
  "throughput_error_count",
  "charging_error_count",
  "server_error_count",
  "success_count",
  "last_success_at",
];

export const CONNECTOR_COUNTERS: readonly string[] = [
  "created_at",
  "last_received_pdu_at",
  "last_sent_pdu_at",
  "last_received_elink_at",
  "last_sent_elink_at",
  "last_seqNum_at",
  "last_seqNum",
  "connected_at",
  "bound_at",
  "disconnected_at",
  "connected_count",
  "bound_count",
  "disconnected_count",
  "submit_sm_request_count",
  "submit_sm_count",
  "deliver_sm_count",
  "data_sm_count",
  "elink_count",
  "throttling_error_count",
  "other_submit_error_count",
  "interceptor_error_count",
  "interceptor_count",
];

export const SMPP_SERVER_COUNTERS: readonly string[] = [
  "created_at",
  "last_received_pdu_at",
  "last_sent_pdu_at",
  "last_received_elink_at",
  "connected_count",
  "connect_count",
  "disconnect_count",
  "bound_trx_count",
  "bound_rx_count",
  "bound_tx_count",
  "bind_trx_count",
  "bind_rx_count",
  "bind_tx_count",
  "unbind_count",
  "submit_sm_request_count",
  "submit_sm_count",
  "deliver_sm_count",
  "data_sm_count",
  "elink_count",
  "throttling_error_count",
  "other_submit_error_count",
  "interceptor_error_count",
  "interceptor_count",
];
