/**
 * `openapi`: prints the API's document.
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import denoJson from "../deno.json" with { type: "json" };
import { openApiDocument } from "../routes/api/openapi.ts";
import { ENDPOINTS } from "../routes/api/v1/mod.ts";

export function openapiCommand(): Promise<number> {
  const about = { version: denoJson.version, publicUrl: "http://localhost:8000" };
  console.log(JSON.stringify(openApiDocument(ENDPOINTS, about), null, 2));
  return Promise.resolve(0);
}
