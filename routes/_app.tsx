import { asset } from "fresh/runtime";
import { themeOf } from "./appearance.ts";
import { define } from "./state.ts";
import { languageOf } from "./page.ts";

export default define.page(({ Component, ...props }) => (
  <html lang={languageOf(props)} data-theme={themeOf(props.req) ?? undefined}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>Jasmin Dashboard</title>
      <link rel="icon" href={asset("/icon.svg")} type="image/svg+xml" />
      <link rel="stylesheet" href={asset("/styles.css")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
