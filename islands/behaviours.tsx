import { useEffect } from "preact/hooks";

interface Props {
  /** Where keys lead; null where this user may not go. */
  keys: {
    dashboard: string;
    connectors: string | null;
    messages: string | null;
    compose: string | null;
  };
}

/**
 * What server-rendered parts do with a script and could do without: menus that close, secrets that
 * show, values that are copied, dialogs in browsers without `commandfor`, keys. One a page; it
 * shows nothing.
 */
export default function Behaviours({ keys }: Props): null {
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    document.addEventListener("click", (event) => onClick(event), { signal });
    document.addEventListener("pointerdown", ({ target }) => closeMenus(target), { signal });
    document.addEventListener("focusin", ({ target }) => closeMenus(target), { signal });
    document.addEventListener("keydown", keyboard(keys), { signal });
    return () => stop.abort();
  }, []);
  return null;
}

const hasCommands = (): boolean => "commandForElement" in HTMLButtonElement.prototype;

function onClick({ target }: Event): void {
  if (!(target instanceof Element)) return;
  const button = target.closest("button");
  const all = target.closest<HTMLInputElement>("[data-select-all]");
  if (all !== null) {
    for (
      const box of all.closest("table")?.querySelectorAll<HTMLInputElement>("tbody input") ?? []
    ) {
      if (box.type === "checkbox") box.checked = all.checked;
    }
  }
  if (button === null) return;
  const { copy, copied, reveal, revealHide } = button.dataset;
  if (copy !== undefined) void copyText(button, copy, copied ?? "");
  if (reveal !== undefined) revealSecret(button, reveal, revealHide ?? "");
  const dialog = document.getElementById(button.getAttribute("commandfor") ?? "");
  if (dialog instanceof HTMLDialogElement && !hasCommands()) {
    button.closest("details")?.removeAttribute("open");
    dialog.showModal();
  }
}

async function copyText(button: HTMLButtonElement, text: string, said: string): Promise<void> {
  await putOnClipboard(text);
  const before = button.title;
  button.title = said;
  button.setAttribute("aria-label", said);
  setTimeout(() => {
    button.title = before;
    button.setAttribute("aria-label", before);
  }, 2_000);
}

/** Browsers keep the clipboard for https and localhost; a console on a LAN is often neither. */
async function putOnClipboard(text: string): Promise<void> {
  if (isSecureContext) return await navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr-only";
  const focused = document.activeElement;
  // A dialog lets nothing outside of it have the focus.
  (focused?.closest("dialog") ?? document.body).append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
}

function revealSecret(button: HTMLButtonElement, id: string, hide: string): void {
  const input = document.getElementById(id);
  if (!(input instanceof HTMLInputElement)) return;
  const show = input.type === "password";
  input.type = show ? "text" : "password";
  button.setAttribute("aria-pressed", String(show));
  button.dataset["revealHide"] = button.title;
  button.title = hide;
  button.setAttribute("aria-label", hide);
}

/** Closes the open menus that the target is not in. */
function closeMenus(target: EventTarget | null): void {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!(target instanceof Node && menu.contains(target))) menu.removeAttribute("open");
  }
}

/** Whether keys are text just now. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"));
}

function keyboard(keys: Props["keys"]): (event: KeyboardEvent) => void {
  let before: string | null = null;
  return (event) => {
    if (event.key === "Escape") onEscape(event);
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]:modal") !== null) return;
    const pair = before === "g" ? `g${event.key}` : event.key;
    before = event.key;
    const places: Partial<Record<string, string | null>> = {
      gd: keys.dashboard,
      gc: keys.connectors,
      gm: keys.messages,
      n: keys.compose,
    };
    const href = places[pair] ?? null;
    if (href !== null) location.assign(href);
    else if (event.key === "?") {
      const help = document.getElementById("keys");
      if (help instanceof HTMLDialogElement) help.showModal();
    } else if (event.key === "/") {
      const search = document.querySelector<HTMLInputElement>("[data-search]");
      if (search === null) return;
      event.preventDefault();
      search.focus();
      search.select();
    }
  };
}

/** Closes the menu around the focus, which returns to its button; else leaves the side panel. */
function onEscape(event: KeyboardEvent): void {
  if (document.querySelector("dialog[open]:modal") !== null) return;
  const menu = document.querySelector<HTMLDetailsElement>("details[data-menu][open]");
  if (menu !== null) {
    menu.removeAttribute("open");
    menu.querySelector("summary")?.focus();
  } else if (!isTyping(event.target)) {
    document.querySelector<HTMLAnchorElement>("a[data-close]")?.click();
  }
}
