/**
 * Brings a page's islands to life in the browser.
 * @module
 */
import { type ComponentChild, type ComponentChildren, type ComponentType, h, render } from "preact";
import { computed, signal } from "@preact/signals";
import { parse } from "devalue";

interface PageState {
  /** The name of each island on the page, its script, and its name there. */
  islands: [name: string, file: string, exportName: string][];
  props: object[];
}

const contents = new Map<number, ComponentChildren>();
const ends = new Map<Node, Comment>();
const components = new Map<string, ComponentType>();
let props: object[] = [];

/** Stands for what the server rendered for an island, shown or kept in a template until it is. */
function Slot({ id }: { id: number }): ComponentChildren {
  if (!contents.has(id)) {
    contents.set(id, null);
    const template = document.getElementById(`frsh-slot-${id}`);
    if (template instanceof HTMLTemplateElement) {
      scan(template.content);
      contents.set(id, toChildren(template.content.firstChild));
    }
  }
  return contents.get(id);
}

/** Reads the markers below `root`; gives where the islands that stand in no other one begin. */
function scan(root: Node): Comment[] {
  const roots: Comment[] = [];
  const slots: Comment[] = [];
  const open: Comment[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_COMMENT);
  while (walker.nextNode()) {
    const marker = walker.currentNode as Comment; // by the filter
    if (marker.data.startsWith("frsh:")) open.push(marker);
    if (!marker.data.startsWith("/frsh:")) continue;
    const start = open.pop();
    if (start === undefined) continue;
    ends.set(start, marker);
    if (start.data.startsWith("frsh:slot")) slots.push(start);
    else if (open.length === 0) roots.push(start);
  }
  for (const start of slots) {
    contents.set(Number(start.data.slice(10)), toChildren(start.nextSibling));
  }
  return roots;
}

/** What an island's marker says, as a node to render. */
function islandAt(marker: Comment): ComponentChild {
  const [, , name = "", index] = marker.data.split(":");
  const component = components.get(name);
  return component === undefined ? null : h(component, props[Number(index)] ?? null);
}

/** Nodes and what follows them, up to the end of their slot, as nodes to render. */
function toChildren(first: Node | null): ComponentChild[] {
  const children: ComponentChild[] = [];
  for (let node = first; node !== null; node = node.nextSibling) {
    if (node instanceof Element) {
      children.push(h(node.localName, attributes(node), ...toChildren(node.firstChild)));
    } else if (node instanceof Text) {
      children.push(node.data);
    } else if (node instanceof Comment) {
      if (node.data === "/frsh:slot") break;
      const end = ends.get(node);
      if (end === undefined) continue;
      children.push(islandAt(node));
      node = end;
    }
  }
  return children;
}

function attributes(element: Element): Record<string, unknown> {
  return Object.fromEntries(
    Array.from(element.attributes, ({ name, value }) => {
      const property: unknown = Reflect.get(element, name);
      return [name, typeof property === "boolean" ? property : value];
    }),
  );
}

/** The nodes between two markers as if they alone were an element's, for preact to render into. */
function between(parent: Node, start: Comment, end: Comment): Element {
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
  const state: PageState = parse(packed, {
    Computed: ([value]) => computed(() => value),
    Signal: ([value]) => signal(value),
    Slot: ([id]) => h(Slot, { id }),
  });
  props = state.props;
  await Promise.all(state.islands.map(async ([name, file, exportName]) => {
    const module: Record<string, ComponentType> = await import(file);
    const component = module[exportName];
    if (component !== undefined) components.set(name, component);
  }));
  for (const start of scan(document.body)) {
    const end = ends.get(start);
    const parent = start.parentNode;
    if (end === undefined || parent === null || parent !== end.parentNode) {
      // deno-lint-ignore no-console -- the page's author must know
      console.error(
        `The browser has moved the end of ${start.data}: its HTML nests what may not be`,
      );
      continue;
    }
    // A task for each, so that input is handled in between.
    setTimeout(() => render(islandAt(start), between(parent, start, end)));
  }
}

const state = document.getElementById("__FRSH_STATE");
if (state !== null) boot(state.textContent);
