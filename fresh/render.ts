/**
 * Pages to HTML: what stands around a page, its islands with their props, its head.
 * @module
 */
import { type ComponentType, Fragment, type FunctionComponent, h, isValidElement } from "preact";
import { options, type VNode } from "preact";
import type { Signal } from "@preact/signals";
import { useContext } from "preact/hooks";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { stringify } from "devalue";
import type { BuildCache } from "./build_cache.ts";
import type { Context } from "./context.ts";
import { HeadContext } from "./runtime/mod.ts";
import type { RouteComponent } from "./types.ts";

/** Where a page's response tells the nonce of its inline scripts and styles; not a header. */
export const NONCE: unique symbol = Symbol.for("__freshNonce");

/** What stands around a page: set on the way to its route, for `ctx.render`. */
export interface Frame<State> {
  app: RouteComponent<State> | null;
  /** Outermost first. */
  layouts: readonly RouteComponent<State>[];
  readonly cache: BuildCache | null;
}

/** Where a context keeps its frame; not for apps. */
export const FRAME: unique symbol = Symbol("frame");

const HEAD_ELEMENTS = new Set<unknown>(["link", "meta", "script", "style", "title"]);

/** A page, a layout or the app wrapper, with what it gets of a request. */
export function renderComponent<State>(
  { error, info, params, req, route, state, url }: Context<State>,
  component: RouteComponent<State>,
  data: unknown,
  Component: FunctionComponent = () => null,
): VNode {
  const props = { Component, data, error, info, params, req, route, state, url };
  return h(component as ComponentType<typeof props>, props) as VNode; // whatever its props
}

/** The response of `ctx.render`. */
export function renderPage<State>(
  ctx: Context<State>,
  page: VNode | null,
  init: ResponseInit = {},
): Response {
  const { app, cache, layouts } = ctx[FRAME];
  const tree = layouts.reduceRight<VNode | null>(
    (child, layout) => renderComponent(ctx, layout, null, () => child),
    page,
  );
  const rendering = new Rendering(cache);
  current = rendering;
  try {
    // Before the app wrapper, whose head shows what the page has put there.
    let html = renderToString(h(Fragment, null, tree));
    const inner = jsxTemplate([html]);
    if (app !== null) html = renderToString(renderComponent(ctx, app, null, () => inner));
    const response = new Response(rendering.document(html), init);
    response.headers.set("Content-Type", "text/html; charset=utf-8");
    return Object.assign(response, { [NONCE]: rendering.nonce });
  } finally {
    current = null;
  }
}

/** One page on its way to HTML; preact's hooks below tell it of every node. */
class Rendering {
  readonly nonce = crypto.randomUUID().replaceAll("-", "");
  readonly #head = new Map<string, VNode>();
  readonly #islands = new Set<readonly string[]>();
  readonly #props: object[] = [];
  /** Made here in place of another. */
  readonly #own = new WeakSet<VNode>();
  /** The island under way: what it makes it makes again in the browser, islands too. */
  #island: VNode | null = null;
  #inHead = false;

  constructor(readonly cache: BuildCache | null) {}

  // What replaces a type asks for the rendering anew: a node may be kept from one page to the next.
  before(vnode: VNode): void {
    const { key, type } = vnode;
    if (this.#own.has(vnode)) return;
    if (HEAD_ELEMENTS.has(type)) {
      vnode.type = (props) => rendering().#headElement(type as string, key, props); // of that set
    } else if (typeof type === "function") {
      if (this.cache?.components.has(type) !== true || this.#island !== null) return;
      vnode.type = (props) => rendering().#mark(type, props);
    } else if (type === "head") {
      this.#inHead = true;
    }
  }

  enter(vnode: VNode): void {
    if (this.#own.has(vnode)) this.#island ??= vnode;
  }

  leave(vnode: VNode): void {
    if (this.#island === vnode) this.#island = null;
    if (vnode.type === "head") this.#inHead = false;
  }

  /** The page whole, around what was rendered. */
  document(html: string): string {
    let foot = "";
    let head = renderToString(h(Fragment, null, ...this.#head.values()));
    if (this.cache !== null && this.#islands.size > 0) {
      const client = this.cache.clientEntry;
      const islands = [...this.#islands];
      for (const file of new Set([client, ...islands.map(([, each]) => each)])) {
        head += `<link rel="modulepreload" href="${file}" nonce="${this.nonce}">`;
      }
      const state = stringify({ islands, props: this.#props }, PACKERS);
      foot += `<script type="application/json" id="__FRSH_STATE">${state}</script>` +
        `<script type="module" src="${client}" nonce="${this.nonce}"></script>`;
    }
    return `<!DOCTYPE html>${insert(insert(html, "</body>", foot), "</head>", head)}`;
  }

  #mark(type: ComponentType, props: object): VNode {
    const script = this.cache?.components.get(type) ?? [];
    const [name] = script;
    if (Object.values(props).flat().some((each) => isValidElement(each) && !isSignal(each))) {
      throw new TypeError(`The island ${name} was given an element, which can't be sent to it`);
    }
    this.#islands.add(script);
    const child = h(type, props);
    this.#own.add(child);
    const start = `frsh:island:${name}:${this.#props.push(props) - 1}`;
    return h(Fragment, null, comment(start), child, comment("/frsh:island"));
  }

  #headElement(type: string, key: unknown, given: Record<string, unknown>): VNode | null {
    const props = { ...given };
    if (typeof key === "string") props["data-key"] = key;
    if (type === "script" || type === "style") props["nonce"] ??= this.nonce;
    const element: VNode = h<object>(type, props);
    this.#own.add(element);
    const id = typeof key === "string"
      ? key
      : type === "title"
      ? type
      : this.nonce + this.#head.size;
    if (useContext(HeadContext)) {
      this.#head.set(id, element);
      return null;
    }
    const better = this.#inHead ? this.#head.get(id) : undefined;
    if (better !== undefined) this.#head.delete(id);
    return better ?? element;
  }
}

/** Before the last one of a tag, or at the end of what has none. */
function insert(html: string, before: string, inserted: string): string {
  const found = html.lastIndexOf(before);
  const at = found < 0 ? html.length : found;
  return html.slice(0, at) + inserted + html.slice(at);
}

/** Whatever copy of the signals library made it. */
function isSignal(value: unknown): value is Signal {
  return value instanceof Object && Reflect.get(value, "brand") === Symbol.for("preact-signals");
}

/** What devalue can't know of islands' props; in an array, for it drops what is falsy. */
const PACKERS = { Signal: (value: unknown) => isSignal(value) && [value.peek()] };

function comment(text: string): VNode {
  // preact-render-to-string knows this property, its types do not.
  return h(Fragment, { UNSTABLE_comment: text } as object);
}

let current: Rendering | null = null;

function rendering(): Rendering {
  if (current === null) throw new Error("Islands and heads are rendered by ctx.render alone");
  return current;
}

// The names that preact's builds have for its hooks, and what is done there.
const HOOKS = { __b: "before", __r: "enter", diffed: "leave" } as const;
const hooks = options as { -readonly [name in keyof typeof HOOKS]?: (vnode: VNode) => void };
for (const name of ["__b", "__r", "diffed"] as const) {
  const others = hooks[name];
  hooks[name] = (vnode) => {
    current?.[HOOKS[name]](vnode);
    others?.(vnode);
  };
}
