/** An answer of the HTTP API that is an error. */
export class HttpError extends Error {
  override name = "HttpError";

  /**
   * @param message bytes
   * @param kind the gateway's name of it, for its log
   */
  constructor(readonly status: number, message: string, readonly kind = "UrlArgsValidationError") {
    super(message);
  }
}
