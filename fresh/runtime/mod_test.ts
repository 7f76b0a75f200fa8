import assert from "node:assert/strict";
import { asset, IS_BROWSER, setBuildId } from "./mod.ts";

Deno.test("asset names the build of a path of ours, and of nothing else", () => {
  setBuildId("b1");
  assert.equal(asset("/a.css"), "/a.css?__frsh_c=b1");
  assert.equal(asset("/a.css?x=1#y"), "/a.css?x=1&__frsh_c=b1#y");
  assert.equal(asset("/a.css?__frsh_c=old"), "/a.css?__frsh_c=old");
  for (const other of ["https://cdn.example/a.css", "//cdn.example/a.css", "a.css"]) {
    assert.equal(asset(other), other);
  }
});

Deno.test("the server is no browser", () => {
  assert.equal(IS_BROWSER, false);
});
