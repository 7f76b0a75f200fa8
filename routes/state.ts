import { createDefine, type Define } from "fresh";
import type { Principal } from "../services/auth/mod.ts";
import type { Services } from "./services.ts";

/** What middlewares leave for handlers in `ctx.state`. */
export interface State {
  /** A UUID: in the answer's `X-Request-Id`, in the log, in every problem. */
  requestId: string;
  /** The client's address, as far as the proxies in front may be believed. */
  ip: string;
  /** Absent until somebody has signed in. */
  principal?: Principal;
  /** The access token of a browser's session, to be asked again while a stream stays open. */
  accessToken?: string;
  services: Services;
}

export const define: Define<State> = createDefine<State>();
