import { computed, signal } from "@preact/signals";
import { page } from "fresh";
import { Head } from "fresh/runtime";
import { Badge } from "../components/badge.tsx";
import { define } from "../define.ts";
import { Counter, Display } from "../islands/counter.tsx";
import Kinds from "../islands/kinds.tsx";

export const handler = define.handlers({
  GET: () => page({ greeting: "Hello </script><!-- & \u2028" }),
});

export default define.page<typeof handler>(({ data }) => {
  const count = signal(3);
  const circular: Record<string, unknown> = { name: "circle" };
  circular["self"] = circular;
  return (
    <>
      <Head>
        <title>Islands</title>
        <meta name="description" content="of the page" />
        <meta name="theme" content="first" key="theme" />
        <meta name="theme-color" content="second" key="theme" />
      </Head>
      <h1 class="text-2xl font-bold">{data.greeting}</h1>
      <Counter count={count} label="one" />
      <Counter count={count} label="two" />
      <Display count={count} doubled={computed(() => count.value * 2)} />
      <Kinds
        bigint={12345678901234567890n}
        bytes={new Uint8Array([1, 2, 255])}
        circular={circular}
        date={new Date("2026-01-02T03:04:05.678Z")}
        map={new Map<unknown, unknown>([["a", 1], [{ b: 2 }, new Set([3])]])}
        numbers={[NaN, Infinity, -Infinity, 1.5]}
        pattern={/^a.b$/gi}
        script={data.greeting}
        set={new Set(["x", "y"])}
        shared={count}
        undefinedValue={undefined}
        url={new URL("https://example.com/a?b=c#d")}
      />
      <Badge text="plain" />
    </>
  );
});
