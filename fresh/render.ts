/**
 * Pages to HTML: what stands around a page, its islands with their props, its head.
 * @module
 */
import { type ComponentChildren, type ComponentType, Fragment, h, isValidElement } from "preact";
import { type FunctionComponent, options, type VNode } from "preact";
import type { Signal } from "@preact/signals";
import { useContext } from "preact/hooks";
import { jsxTemplate } from "preact/jsx-runtime";
import { renderToString } from "preact-render-to-string";
import { stringify } from "devalue";
import type { BuildCache, Island } from "./build_cache.ts";
import type { Context } from "./context.ts";
import { FRAME } from "./frame.ts";
import { HeadContext } from "./runtime/mod.ts";
import type { LayoutConfig, RouteComponent } from "./types.ts";

/** Where a page's response tells the nonce of its inline scripts and styles; not a header. */
export const NONCE: unique symbol = Symbol.for("__freshNonce");

const HEAD_ELEMENTS = new Set<unknown>(
  ["base", "link", "meta", "noscript", "script", "style", "template", "title"],
);

/** What a component makes of a request; a response, if it wants no page. */
export async function renderComponent<State>(
  ctx: Context<State>,
  component: RouteComponent<State>,
  data: unknown,
  Component: FunctionComponent = () => null,
): Promise<VNode | Response | null> {
  const { config, error, info, params, req, route, state, url } = ctx;
  const props = { Component, config, data, error, info, params, req, route, state, url };
  // Only an async function may be called outside of a rendering: it can use no hook.
  if (component.constructor.name !== "AsyncFunction") {
    return h(component as ComponentType<typeof props>, props) as VNode; // of a component, no promise
  }
  return await (component as (given: typeof props) => Promise<VNode | Response | null>)(props);
}

/** The response of `ctx.render`. */
export async function renderPage<State>(
  ctx: Context<State>,
  page: VNode | null,
  init: ResponseInit = {},
  { skipAppWrapper = false, skipInheritedLayouts = false }: LayoutConfig = {},
): Promise<Response> {
  const { app, cache, layouts } = ctx[FRAME];
  let tree = page;
  for (const layout of skipInheritedLayouts ? [] : layouts.toReversed()) {
    const child = tree;
    const outer = await renderComponent(ctx, layout, null, () => child);
    if (outer instanceof Response) return outer;
    tree = outer;
  }
  let inner: VNode | null = null;
  const shell = app === null || skipAppWrapper
    ? null
    : await renderComponent(ctx, app, null, () => inner);
  if (shell instanceof Response) return shell;

  const rendering = new Rendering(cache, ctx.config.basePath);
  const html = rendering.run(() => {
    // Before the app wrapper, whose head shows what the page has put there.
    const content = renderToString(h(Fragment, null, tree));
    inner = jsxTemplate([content]);
    return rendering.document(shell === null ? content : renderToString(shell));
  });
  const headers = new Headers(init.headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  return Object.assign(new Response(html, { ...init, headers }), { [NONCE]: rendering.nonce });
}

/** One page on its way to HTML; preact's hooks below tell it of every node. */
class Rendering {
  readonly nonce = crypto.randomUUID().replaceAll("-", "");
  readonly #head = new Map<string, VNode>();
  readonly #islands = new Set<Island>();
  readonly #props: object[] = [];
  /** What islands were given and have not shown, by the number of its slot. */
  readonly #hidden = new Map<number, ComponentChildren>();
  #slots = 0;
  /** Components under way, outermost first. */
  readonly #stack: VNode[] = [];
  /** Made by an island: it makes them again in the browser, islands among them too. */
  readonly #inside = new WeakSet<VNode>();
  /** Made here in place of another. */
  readonly #own = new WeakSet<VNode>();
  readonly #document = new Set<unknown>();
  #inHead = false;

  constructor(readonly cache: BuildCache | null, readonly basePath: string) {}

  run(render: () => string): string {
    current = this;
    try {
      return render();
    } finally {
      current = null;
    }
  }

  made(vnode: VNode): void {
    const maker = this.#stack.at(-1);
    if (maker === undefined) return;
    if (this.#inside.has(maker) || this.cache?.islands.has(maker.type)) this.#inside.add(vnode);
  }

  // What replaces a type asks for the rendering anew: a node may be kept from one page to the next.
  before(vnode: VNode): void {
    const { key, type } = vnode;
    if (this.#own.has(vnode)) return;
    if (HEAD_ELEMENTS.has(type)) {
      vnode.type = (props) => rendering().#headElement(type as string, key, props); // of that set
    } else if (typeof type === "function") {
      const island = this.cache?.islands.get(type);
      if (island === undefined || this.#inside.has(vnode)) return;
      vnode.type = (props) => rendering().#island(island, type, props);
    } else if (type === "html" || type === "head" || type === "body") {
      this.#document.add(type);
      this.#inHead = type === "head";
    }
  }

  enter(vnode: VNode): void {
    // A component that sets its state while it renders is entered again.
    if (typeof vnode.type === "function" && this.#stack.at(-1) !== vnode) this.#stack.push(vnode);
  }

  leave(vnode: VNode): void {
    if (this.#stack.at(-1) === vnode) this.#stack.pop();
    if (vnode.type === "head") this.#inHead = false;
  }

  show(slot: number): void {
    this.#hidden.delete(slot);
  }

  /** The page whole, around what was rendered. */
  document(html: string): string {
    let foot = "";
    for (const [slot, content] of this.#hidden) { // rendering one may add more
      const inner = renderToString(h(Fragment, null, content));
      foot += `<template id="frsh-slot-${slot}">${inner}</template>`;
    }
    let head = renderToString(h(Fragment, null, ...this.#head.values()));
    if (this.cache !== null && this.#islands.size > 0) {
      const client = this.basePath + this.cache.clientEntry;
      const islands = Array.from(
        this.#islands,
        ({ exportName, file, name }) => [name, this.basePath + file, exportName],
      );
      for (const file of new Set([client, ...islands.map(([, each]) => each)])) {
        head += `<link rel="modulepreload" href="${file}" nonce="${this.nonce}">`;
      }
      const state = stringify({ islands, props: this.#props }, PACKERS);
      foot += `<script type="application/json" id="__FRSH_STATE">${state}</script>` +
        `<script type="module" src="${client}" nonce="${this.nonce}"></script>`;
    }
    const page = this.#document.has("body")
      ? insert(html, "</body>", foot)
      : `<body>${html}${foot}</body>`;
    const whole = this.#document.has("head")
      ? insert(page, "</head>", head)
      : `<head><meta charset="utf-8"/>${head}</head>${page}`;
    return `<!DOCTYPE html>${this.#document.has("html") ? whole : `<html>${whole}</html>`}`;
  }

  #island(island: Island, type: ComponentType, given: object): VNode {
    const props: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(given)) {
      props[name] = value;
      if (!isVNode(value) && (name !== "children" || value === undefined)) continue;
      const id = this.#slots++;
      this.#hidden.set(id, value);
      props[name] = h(Slot, { id }, value);
    }
    this.#islands.add(island);
    const child = h(type, props);
    this.#own.add(child);
    return marked("island", `${island.name}:${this.#props.push(props) - 1}`, child);
  }

  #headElement(type: string, key: unknown, given: Record<string, unknown>): VNode | null {
    const props = { ...given };
    if (typeof key === "string") props["data-key"] = key;
    if (type === "script" || type === "style") props["nonce"] ??= this.nonce;
    const element: VNode = h<object>(type, props);
    this.#own.add(element);
    const id = typeof key === "string" ? key : type === "title" ? type : describe(type, given);
    if (useContext(HeadContext)) {
      this.#head.set(id, element);
      return null;
    }
    const better = this.#inHead ? this.#head.get(id) : undefined;
    if (better !== undefined) this.#head.delete(id);
    return better ?? element;
  }
}

/** The name by which two elements of a head are the same one: all that is not their value. */
function describe(type: string, props: Readonly<Record<string, unknown>>): string {
  const value = type === "meta" ? "content" : type === "link" ? "href" : "";
  const names = Object.keys(props).filter((name) => !["children", "nonce", value].includes(name));
  return JSON.stringify([type, names.toSorted().map((name) => [name, props[name]])]);
}

function insert(html: string, before: string, inserted: string): string {
  const at = html.lastIndexOf(before);
  return html.slice(0, at) + inserted + html.slice(at);
}

/** Whatever copy of the signals library made it. */
function isSignal(value: unknown): value is Signal {
  return value instanceof Object && Reflect.get(value, "brand") === Symbol.for("preact-signals");
}

function isVNode(value: unknown): value is VNode {
  return isValidElement(value) && !isSignal(value); // which passes for an element
}

/** Stands for what the server gave to an island as an element. */
function Slot({ children, id }: { children?: ComponentChildren; id: number }): VNode {
  rendering().show(id);
  return marked("slot", `${id}`, children);
}

/** What devalue can't know of islands' props; in arrays, for it drops what is falsy. */
const PACKERS = {
  Computed: (value: unknown) => {
    if (!isSignal(value)) return false;
    const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), "value") ?? {};
    return set === undefined && [value.peek()];
  },
  Signal: (value: unknown) => isSignal(value) && [value.peek()],
  Slot: (value: unknown) =>
    isVNode(value) && value.type === Slot && [Reflect.get(value.props, "id")],
};

function marked(kind: string, text: string, children: ComponentChildren): VNode {
  // preact-render-to-string knows this property, its types do not.
  const comment = (UNSTABLE_comment: string) => h(Fragment, { UNSTABLE_comment } as object);
  return h(Fragment, null, comment(`frsh:${kind}:${text}`), children, comment(`/frsh:${kind}`));
}

let current: Rendering | null = null;

function rendering(): Rendering {
  if (current === null) throw new Error("Islands and heads are rendered by ctx.render alone");
  return current;
}

// The names that preact's builds have for its hooks, and what is done there.
const HOOKS = { vnode: "made", __b: "before", __r: "enter", diffed: "leave" } as const;
const hooks = options as { -readonly [name in keyof typeof HOOKS]?: (vnode: VNode) => void };
for (const name of ["vnode", "__b", "__r", "diffed"] as const) {
  const others = hooks[name];
  hooks[name] = (vnode) => {
    current?.[HOOKS[name]](vnode);
    others?.(vnode);
  };
}
