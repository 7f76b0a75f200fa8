/**
 * The worker in which bcrypt runs: it needs no permission, and holds a core for 300 ms a time.
 * @module
 */
import { bcrypt, bcryptVerify } from "hash-wasm";
import type { BcryptReply, BcryptRequest } from "./bcrypt_messages.ts";

// The program is checked with the main thread's library, which knows no worker's global scope.
const scope = globalThis as unknown as {
  onmessage: ((event: MessageEvent<BcryptRequest>) => void) | null;
  postMessage(reply: BcryptReply): void;
};

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage({ id: data.id, value: await answer(data) });
  } catch (error) {
    scope.postMessage({
      id: data.id,
      error: error instanceof Error ? error.message : String(error),
    });
  }
};

async function answer(request: BcryptRequest): Promise<string | boolean> {
  if (request.kind === "verify") {
    return await bcryptVerify({ password: request.password, hash: request.hash });
  }
  return await bcrypt({
    costFactor: request.cost,
    outputType: "encoded",
    password: request.password,
    salt: crypto.getRandomValues(new Uint8Array(16)),
  });
}
