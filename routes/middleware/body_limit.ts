import { HttpError, type Middleware } from "fresh";
import type { State } from "../state.ts";

/**
 * Refuses bodies of more than `maxBytes`: at once where the request tells its length, else while
 * the body is read, so that no more than that is ever taken in. A handler that reads gets the
 * {@linkcode HttpError} 413.
 */
export function bodyLimit(maxBytes: number): Middleware<State> {
  const tooLarge = () =>
    new HttpError(413, `The body is too large; send at most ${maxBytes} bytes`);
  return (ctx) => {
    const { body, headers } = ctx.req;
    const length = headers.get("content-length");
    if (length !== null) {
      // The server itself holds a body to the length that was told.
      if (Number(length) > maxBytes) throw tooLarge();
    } else if (body !== null) {
      let size = 0;
      const counted = body.pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(chunk, controller) {
            size += chunk.length;
            if (size > maxBytes) throw tooLarge();
            controller.enqueue(chunk);
          },
        }),
      );
      ctx.req = new Request(ctx.req, { body: counted });
    }
    return ctx.next();
  };
}
