import type { Context, Middleware } from "fresh";
import { problemResponse } from "../api/problem.ts";
import type { State } from "../state.ts";

/**
 * Turns everything that is thrown further in into an answer, so that the middlewares around it put
 * their headers on errors too: Fresh's own `onError("*")` stands outside of all of them.
 * @param respond how an error looks, such as a page; problem details unless told
 */
export function catchErrors(
  respond: (ctx: Context<State>, error: unknown) => Response | Promise<Response> = problem,
): Middleware<State> {
  return async (ctx) => {
    try {
      return await ctx.next();
    } catch (error) {
      try {
        return await respond(ctx, error);
      } catch (second) {
        // A page of an error that fails itself must not hide what failed first.
        return problem(ctx, new AggregateError([error, second], "The error's page failed too"));
      }
    }
  };
}

function problem(ctx: Context<State>, error: unknown): Response {
  return problemResponse(error, ctx.state.requestId);
}
