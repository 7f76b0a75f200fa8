import assert from "node:assert/strict";
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { LANGUAGES, translator } from "../services/i18n/mod.ts";
import { AppShell } from "./app_shell.tsx";
import { Bloom, bloomWords, SERVICE_NAMES } from "./bloom.tsx";
import { ConfirmDialog, escapePattern } from "./confirm_dialog.tsx";
import { FormErrors } from "./form_errors.tsx";
import { Gallery, GALLERY_VIEWS } from "./gallery.tsx";
import { SignInPage } from "./gallery/sign_in_page.tsx";
import { WallPage } from "./gallery/wall_page.tsx";
import { nearPlaces, type PlaceId, placesFor } from "./navigation.ts";
import { Pagination } from "./pagination.tsx";
import { Progress } from "./progress.tsx";
import { Sparkline } from "./chart/sparkline.tsx";
import { TextField } from "./text_field.tsx";

const t = translator("en");
const words = (node: VNode) => renderToString(node).replaceAll(/<[^>]*>/g, "");

Deno.test("the example page renders in every language, without what the CSP blocks", () => {
  for (const language of LANGUAGES) {
    const own = translator(language, "Europe/Madrid");
    const pages = [
      ...GALLERY_VIEWS.map((view) => <Gallery key={view} t={own} view={view} />),
      <SignInPage key="sign-in" t={own} wrong />,
      ...[0, 8, 47].map((silent) => <WallPage key={silent} t={own} silent={silent} />),
    ];
    for (const page of pages) {
      const html = renderToString(page);
      assert.doesNotMatch(html, /\sstyle=|\son\w+="|javascript:|NaN|undefined|\[object/);
      const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
      assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), []);
    }
  }
});

Deno.test("only what is offered is in the navigation, and four places are near", () => {
  const offered = new Set<PlaceId>(["dashboard", "messages", "inbox", "connectors", "campaigns"]);
  const groups = placesFor(offered);
  assert.deepEqual(groups.flatMap(({ places }) => places.map(({ id }) => id)), [
    "dashboard",
    "connectors",
    "messages",
    "inbox",
    "campaigns",
  ]);
  assert.deepEqual(nearPlaces(groups).map(({ id }) => id), [
    "dashboard",
    "connectors",
    "messages",
    "campaigns",
  ]);
  assert.deepEqual(nearPlaces(placesFor(new Set(["audit"]))), []);
});

Deno.test("the shell marks the current place, and a detail page keeps its own heading", () => {
  const shell = (detail: boolean) =>
    renderToString(
      <AppShell
        t={t}
        offered={new Set(["dashboard", "audit"])}
        current="audit"
        crumbs={[{ label: "gw", href: "/" }, { label: "Audit & co" }]}
        detail={detail}
        gateway={{ name: "gw", release: null }}
        services={SERVICE_NAMES.map((name) => ({ name, state: "unknown" }))}
        user={{ name: "Ops", role: "Admin" }}
      >
        <p>page</p>
      </AppShell>,
    );
  assert.match(shell(false), /<h1[^>]*>Audit &amp; co<\/h1>/);
  assert.doesNotMatch(shell(true), /<h1/);
  assert.match(shell(false), /href="\/audit"[^>]*aria-current="page"/);
  assert.doesNotMatch(shell(false), /href="\/connectors"/);
});

Deno.test("the bloom always has its words", () => {
  const services = SERVICE_NAMES.map((name) => ({ name, state: "up" as const }));
  assert.equal(bloomWords(t, services), "5 of 5 services up");
  const wrong = services.map((service) =>
    service.name === "redis" ? { ...service, state: "down" as const } : service
  );
  assert.equal(bloomWords(t, wrong), "4 of 5 services up, down: Redis");
  assert.match(renderToString(<Bloom t={t} services={wrong} />), /aria-label="4 of 5 services up/);
});

Deno.test("a field ties its error to its control, in place of the hint", () => {
  const html = renderToString(
    <TextField id="port" name="port" label="Port" hint="2775" error="27750000 is over 65535" />,
  );
  assert.match(html, /<label for="port"/);
  assert.match(html, /aria-invalid[^>]*aria-describedby="port-error"/);
  assert.match(html, /id="port-error"/);
  assert.doesNotMatch(html, /port-hint/);
  assert.match(html, /name="port"/);
});

Deno.test("a form sums its faults up in the language's own list", () => {
  const faults = [{ id: "a", label: "A" }, { id: "b", label: "B" }, { id: "c", label: "C" }];
  assert.equal(words(<FormErrors t={t} faults={faults} />), "Not saved. A, B and C need a change.");
  assert.match(words(<FormErrors t={translator("es")} faults={faults.slice(1)} />), /B y C\.$/);
  assert.match(renderToString(<FormErrors t={t} faults={faults} />), /<a href="#b"/);
});

Deno.test("what must be typed is matched as text, whatever it holds", () => {
  const dialog = renderToString(
    <ConfirmDialog t={t} id="d" title="T" effects={[]} action="/x" verb="Delete" typed="a.b" />,
  );
  assert.match(dialog, /pattern="a\\\.b"/);
  for (const text of ["orsel_fr-main", "a.b", "(x)", "a|b", "[z]", "a&&b", "50%", "a/b", "ñ€"]) {
    const pattern = new RegExp(`^(?:${escapePattern(text)})$`, "v");
    assert.ok(pattern.test(text), text);
    assert.ok(!pattern.test(`${text}x`));
  }
});

Deno.test("pages: a button that leads nowhere is disabled", () => {
  const html = renderToString(<Pagination t={t} newer={null} older="/m?after=x" />);
  assert.match(html, /<button[^>]*disabled[^>]*>.*Newer/);
  assert.match(html, /<a[^>]*href="\/m\?after=x"/);
});

Deno.test("nothing of nothing is drawn as nothing", () => {
  assert.doesNotMatch(renderToString(<Sparkline values={[]} />), /NaN|Infinity|<path/);
  assert.doesNotMatch(renderToString(<Sparkline values={[null, null]} />), /NaN|Infinity|<path/);
  assert.doesNotMatch(renderToString(<Sparkline values={[0]} />), /NaN|Infinity/);
  const parts = [{ series: "failed", label: "Failed", count: 0 }] as const;
  assert.doesNotMatch(renderToString(<Progress format={t.format} parts={parts} />), /NaN/);
});
