/**
 * The build: `deno task build` writes `_fresh/`.
 * @module
 */
import { tailwind } from "@fresh/plugin-tailwind";
import { Builder } from "fresh/dev";
import { build } from "./fresh.config.ts";

const builder = new Builder(build);
tailwind(builder);
await builder.build();
