/**
 * Which permission each page takes: what the test of all pages times all callers holds them to. A
 * page that is missing here fails it.
 * @module
 */
import type { Permission } from "../../services/auth/mod.ts";
import { ROOT } from "../setup/paths.ts";

/** What a page takes: null for whoever is signed in. */
export interface PageAccess {
  readonly see: Permission | null;
  /** To post its form; absent for a page without one. */
  readonly act?: Permission | null;
}

const PAGES: Readonly<Record<string, PageAccess>> = {
  "/": { see: "metrics:read", act: "alerts:write" },
  "/api-keys": { see: "api-keys:read", act: "api-keys:write" },
  "/api-keys/new": { see: "api-keys:write", act: "api-keys:write" },
  "/api/docs": { see: null },
  "/audit": { see: "audit:read" },
  "/connectors": { see: "connectors:read", act: "connectors:operate" },
  "/connectors/[cid]": { see: "connectors:read", act: "connectors:operate" },
  "/connectors/[cid]/delete": { see: "connectors:write", act: "connectors:write" },
  "/connectors/[cid]/edit": { see: "connectors:write", act: "connectors:write" },
  "/connectors/add/smpp": { see: "connectors:write", act: "connectors:write" },
  "/http-connectors": { see: "connectors:read", act: "connectors:write" },
  "/inbox": { see: "messages:read" },
  "/messages": { see: "messages:read" },
  "/messages/[id]": { see: "messages:read" },
  "/messages/new": { see: "messages:send", act: "messages:send" },
  "/profile": { see: null, act: null },
  "/users": { see: "users:read" },
  "/users/[id]": { see: "users:read", act: "users:write" },
  "/users/new": { see: "users:write", act: "users:write" },
  "/users/roles": { see: "users:read" },
  "/walls": { see: "walls:read" },
  "/walls/[id]": { see: "walls:write", act: "walls:write" },
  "/walls/new": { see: "walls:write", act: "walls:write" },
};

/** Every page behind the sign-in, as its file is called, with what it takes; null when unknown. */
export async function signedInPages(): Promise<(readonly [string, PageAccess | null])[]> {
  const files = await routeFiles("");
  return files.map((file) => {
    const path = file.replace(/\.tsx$/, "").replace(/(^|\/)index$/, "");
    return [`/${path}`, PAGES[`/${path}`] ?? null];
  });
}

async function routeFiles(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(`${ROOT}/routes/(signed-in)/${folder}`)) {
    if (entry.isDirectory && !entry.name.startsWith("(_")) {
      found.push(...await routeFiles(`${folder}${entry.name}/`));
    } else if (entry.name.endsWith(".tsx")) found.push(folder + entry.name);
  }
  return found.sort();
}
