import { createDefine, type Define } from "fresh";

/** The words that middlewares left on the way. */
export interface State {
  trail?: string[];
}

export const define: Define<State> = createDefine<State>();
