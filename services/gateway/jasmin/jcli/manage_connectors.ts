/**
 * SMPP and HTTP client connectors over jcli.
 * @module
 */
import { setTimeout as delay } from "node:timers/promises";
import { ConflictError, NotFoundError } from "../../../errors/mod.ts";
import {
  type CallOptions,
  ConnectorChanges,
  ConnectorId,
  type ConnectorManager,
  type ConnectorStatus,
  HttpConnector,
  type HttpConnectorManager,
  isBound,
  NewConnector,
  type ReachOptions,
} from "../../model.ts";
import { act, persist, read, save } from "./dialogue.ts";
import { connectorSettings } from "./connector_lines.ts";
import { line } from "./encode.ts";
import { parseConnector, parseConnectorList, parseHttpConnectorList } from "./parse_connectors.ts";
import type { Send, Turn } from "./session.ts";
import { checked } from "../checked.ts";

/** An update may stop and start the connector, and waits 5 s before it tries the start again. */
const UPDATE_DEADLINE_MS = 30_000;
const REACH_DEADLINE_MS = 10_000;
const POLL_MS = 200;

/** The names that Jasmin's own checks use, where they are not jcli's keys. */
const LONG_NAMES: Readonly<Record<string, string>> = {
  id: "cid",
  bindOperation: "bind",
  data_coding: "coding",
  dlr_msg_id_bases: "dlr_msgid",
  enquireLinkTimerSecs: "elink_interval",
  inactivityTimerSecs: "trx_to",
  log_privacy: "logprivacy",
  pduReadTimerSecs: "pdu_red_to",
  reconnectOnConnectionFailure: "con_fail_retry",
  reconnectOnConnectionFailureDelay: "con_fail_delay",
  reconnectOnConnectionLoss: "con_loss_retry",
  reconnectOnConnectionLossDelay: "con_loss_delay",
  responseTimerSecs: "res_to",
  sessionInitTimerSecs: "bind_to",
  submit_sm_throughput: "submit_throughput",
};

export function connectorManager(turn: Turn): ConnectorManager {
  const list = async ({ signal }: CallOptions = {}) =>
    parseConnectorList(await turn((send) => read(send, line("smppccm", "-l"), signal), signal));

  const statusOf = async (cid: string, options: CallOptions) => {
    checked(ConnectorId, cid, "cid");
    const status = (await list(options)).find((each) => each.cid === cid);
    if (status === undefined) throw new NotFoundError(`The gateway has no connector ${cid}`);
    return status;
  };

  /** Polls until `reached`, or gives what it was at the deadline. */
  const reach = async (
    cid: string,
    reached: (status: ConnectorStatus) => boolean,
    until: number,
    options: CallOptions,
  ) => {
    for (;;) {
      const status = await statusOf(cid, options);
      const left = until - performance.now();
      if (reached(status) || left <= 0) return status;
      await delay(Math.min(POLL_MS, left), undefined, signalOnly(options));
    }
  };

  const stopped = (status: ConnectorStatus) =>
    status.service === "stopped" && ["NONE", "UNBOUND"].includes(status.session);

  const switchTo = (cid: string, option: "-1" | "-0", options: CallOptions) => {
    const success = option === "-1" ? /^Successfully started / : /^Successfully stopped /;
    const command = line("smppccm", option, {
      field: "cid",
      text: checked(ConnectorId, cid, "cid"),
    });
    return turn((send) => act(send, command, success, options.signal), options.signal);
  };

  const stop = async (cid: string, until: number, options: CallOptions) => {
    if ((await statusOf(cid, options)).service === "started") await switchTo(cid, "-0", options);
    return await reach(cid, stopped, until, options);
  };

  const start = async (cid: string, until: number, options: CallOptions) => {
    if ((await statusOf(cid, options)).service === "stopped") await switchTo(cid, "-1", options);
    // Stopped again by somebody else: there is nothing to wait for.
    return await reach(cid, (now) => isBound(now) || now.service === "stopped", until, options);
  };

  const deadline = ({ deadlineMs = REACH_DEADLINE_MS }: ReachOptions) =>
    performance.now() + deadlineMs;

  return {
    list,
    show: async (cid, { signal } = {}) => {
      const command = line("smppccm", "-s", {
        field: "cid",
        text: checked(ConnectorId, cid, "cid"),
      });
      return parseConnector(await turn((send) => read(send, command, signal), signal));
    },
    add: async (input, { signal } = {}) => {
      const { cid, ...rest } = checked(NewConnector, input);
      await turn(async (send) => {
        const present = parseConnectorList(await read(send, line("smppccm", "-l"), signal));
        if (present.some((each) => each.cid === cid)) {
          throw new ConflictError(`The gateway already has a connector ${cid}`);
        }
        await save(send, {
          open: line("smppccm", "-a"),
          settings: [{ key: "cid", value: cid }, ...connectorSettings(rest)],
          success: /^Successfully added connector \[/,
          fieldOf: fieldOfLongName,
        }, signal);
      }, signal);
    },
    update: async (cid, input, { signal } = {}) => {
      const settings = connectorSettings(checked(ConnectorChanges, input));
      const open = line("smppccm", "-u", { field: "cid", text: checked(ConnectorId, cid, "cid") });
      const said = await turn((send) =>
        save(send, {
          open,
          settings,
          success: /^Successfully updated connector \[/,
          saveDeadlineMs: UPDATE_DEADLINE_MS,
          fieldOf: fieldOfLongName,
        }, signal), signal);
      const failed = said.find((each) =>
        /^(?:Failed stopping|Permanently failed starting)/.test(each)
      );
      if (failed !== undefined) {
        throw new ConflictError(`${cid} has the new settings but was not restarted: ${failed}`);
      }
    },
    remove: async (cid, { signal } = {}) => {
      const command = line("smppccm", "-r", {
        field: "cid",
        text: checked(ConnectorId, cid, "cid"),
      });
      await turn((send) => act(send, command, /^Successfully removed /, signal), signal);
    },
    start: (cid, options = {}) => start(cid, deadline(options), options),
    stop: (cid, options = {}) => stop(cid, deadline(options), options),
    restart: async (cid, options = {}) => {
      const until = deadline(options);
      const status = await stop(cid, until, options);
      return stopped(status) ? await start(cid, until, options) : status;
    },
  };
}

function fieldOfLongName(reply: string): string | null {
  const name = reply.split(/\W+/).find((word) => Object.hasOwn(LONG_NAMES, word));
  return name === undefined ? null : LONG_NAMES[name] ?? null;
}

function signalOnly({ signal }: CallOptions): CallOptions {
  return signal === undefined ? {} : { signal };
}

export function httpConnectorManager(turn: Turn): HttpConnectorManager {
  const listed = async (send: Send, signal?: AbortSignal) =>
    parseHttpConnectorList(await read(send, line("httpccm", "-l"), signal));
  return {
    list: ({ signal } = {}) => turn((send) => listed(send, signal), signal),
    add: async (input, { signal } = {}) => {
      const { cid, url, method } = checked(HttpConnector, input);
      await turn(async (send) => {
        if ((await listed(send, signal)).some((each) => each.cid === cid)) {
          throw new ConflictError(`The gateway already has an HTTP connector ${cid}`);
        }
        await save(send, {
          open: line("httpccm", "-a"),
          settings: [
            { key: "cid", value: cid },
            { key: "url", value: url },
            { key: "method", value: method },
          ],
          success: /^Successfully added Httpcc \[/,
        }, signal);
        await persist(send, signal);
      }, signal);
    },
    remove: async (cid, { signal } = {}) => {
      const command = line("httpccm", "-r", {
        field: "cid",
        text: checked(ConnectorId, cid, "cid"),
      });
      await turn(async (send) => {
        await act(send, command, /^Successfully removed /, signal);
        await persist(send, signal);
      }, signal);
    },
  };
}
