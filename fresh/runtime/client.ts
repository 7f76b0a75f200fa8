/**
 * Brings a page's islands to life in the browser.
 * @module
 */
import { type ComponentType, h, render } from "preact";
import { signal } from "@preact/signals";
import { parse } from "devalue";

interface PageState {
  /** The name of each island on the page, its script, and its name there. */
  islands: [name: string, file: string, exportName: string][];
  props: object[];
}

/** Where the island ends that a comment begins, among its own siblings. */
function endOf(start: Comment): Node | null {
  let node = start.nextSibling;
  while (node !== null && node.nodeValue !== "/frsh:island") node = node.nextSibling;
  return node;
}

/** The nodes between two markers as if they alone were an element's, for preact to render into. */
function between(parent: Node, start: Comment, end: Node): Element {
  const children = (): Node[] => {
    const nodes: Node[] = [];
    for (let node = start.nextSibling; node !== null && node !== end; node = node.nextSibling) {
      nodes.push(node);
    }
    return nodes;
  };
  return {
    nodeType: 1,
    namespaceURI: (parent as Element).namespaceURI,
    parentNode: parent,
    get childNodes() {
      return children();
    },
    get firstChild() {
      return children()[0] ?? null;
    },
    contains: (node: Node | null) => children().some((child) => child.contains(node)),
    insertBefore: (node: Node, next: Node | null) => parent.insertBefore(node, next ?? end),
    appendChild: (node: Node) => parent.insertBefore(node, end),
    removeChild: (node: Node) => parent.removeChild(node),
  } as unknown as Element; // as much of one as preact uses
}

async function boot(packed: string): Promise<void> {
  const { islands, props }: PageState = parse(packed, { Signal: ([value]) => signal(value) });
  const components = new Map<string, ComponentType>();
  await Promise.all(islands.map(async ([name, file, exportName]) => {
    components.set(name, (await import(file))[exportName]);
  }));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const start = walker.currentNode as Comment; // by the filter
    const [kind, , name = "", index] = start.data.split(":");
    if (kind !== "frsh") continue;
    const end = endOf(start);
    const component = components.get(name);
    if (component === undefined || start.parentNode === null || end === null) {
      // deno-lint-ignore no-console -- the page's author must know
      console.error(`The browser has moved ${start.data}: its HTML nests what may not be`);
      continue;
    }
    const island = h(component, props[Number(index)] ?? null);
    const place = between(start.parentNode, start, end);
    setTimeout(() => render(island, place)); // a task for each: input is handled in between
  }
}

const state = document.getElementById("__FRSH_STATE");
if (state !== null) boot(state.textContent);
