/** `/metrics`: the counters as Prometheus reads them. */
import type { Counters } from "../gateway/counters.ts";
import type { Gateway } from "../gateway/gateway.ts";

const HTTP: Readonly<Record<string, string>> = {
  request_count: "Http request count.",
  interceptor_count: "Successful http request count.",
  auth_error_count: "Authentication error count.",
  route_error_count: "Routing error count.",
  interceptor_error_count: "Interceptor error count.",
  throughput_error_count: "Throughput exceeded error count.",
  charging_error_count: "Charging error count.",
  server_error_count: "Server error count.",
  success_count: "Successful http request count.",
};

const CONNECTOR: Readonly<Record<string, string>> = {
  connected_count: "Cumulated number of successful connections.",
  disconnected_count: "Cumulated number of disconnections.",
  bound_count: "Number of bound sessions.",
  submit_sm_request_count: "SubmitSm pdu requests count.",
  submit_sm_count: "Complete SubmitSm transactions count.",
  deliver_sm_count: "DeliverSm pdu requests count.",
  data_sm_count: "Complete DataSm transactions count.",
  interceptor_count: "Interceptor calls count.",
  elink_count: "EnquireLinks count.",
  throttling_error_count: "Throttling errors count.",
  interceptor_error_count: "Interception errors count.",
  other_submit_error_count: "Other errors count.",
};

const SERVER: Readonly<Record<string, string>> = {
  connected_count: "Number of connected sessions.",
  connect_count: "Cumulated number of connect requests.",
  disconnect_count: "Cumulated number of disconnect requests.",
  interceptor_count: "Interceptor calls count.",
  bound_trx_count: "Number of bound sessions in transceiver mode.",
  bound_rx_count: "Number of bound sessions in receiver mode.",
  bound_tx_count: "Number of bound sessions in transmitter mode.",
  bind_trx_count: "Number of bind requests in transceiver mode.",
  bind_rx_count: "Number of bind requests in receiver mode.",
  bind_tx_count: "Number of bind requests in transmitter mode.",
  unbind_count: "Cumulated number of unbind requests.",
  submit_sm_request_count: "SubmitSm pdu requests count.",
  submit_sm_count: "Complete SubmitSm transactions count.",
  deliver_sm_count: "DeliverSm pdu requests count.",
  data_sm_count: "Complete DataSm transactions count.",
  elink_count: "EnquireLinks count.",
  throttling_error_count: "Throttling errors count.",
  interceptor_error_count: "Interception errors count.",
  other_submit_error_count: "Other errors count.",
};

/** The whole page. */
export function metrics(gateway: Gateway): string {
  const connectors = [...gateway.connectors.keys()];
  const lines: string[] = [];
  const group = (
    prefix: string,
    about: Readonly<Record<string, string>>,
    samples: readonly (readonly [string, Counters])[],
  ): void => {
    for (const [name, help] of Object.entries(about)) {
      if (samples.length === 0) continue;
      lines.push(`# TYPE ${prefix}_${name} counter`, `# HELP ${prefix}_${name} ${help}`);
      for (const [label, counters] of samples) {
        lines.push(`${prefix}_${name}${label} ${counters.count(name)}`);
      }
    }
  };
  group("httpapi", HTTP, [["", gateway.http]]);
  group(
    "smppc",
    CONNECTOR,
    connectors.map((cid) => [`{cid="${cid}"}`, gateway.connectorCounters(cid)]),
  );
  group("smppsapi", SERVER, [["", gateway.smppServer]]);
  return [...lines, "", ""].join("\n");
}
