import { asset } from "fresh/runtime";
import { define } from "./state.ts";
import { languageOf } from "./page.ts";

/** Before anything is painted: the user's theme, or the system's. */
const THEME = `try{const t=localStorage.getItem("theme");` +
  `if(t)document.documentElement.dataset.theme=t}catch{}`;

export default define.page(({ Component, ...props }) => (
  <html lang={languageOf(props)}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>Jasmin Dashboard</title>
      <link rel="icon" href={asset("/icon.svg")} type="image/svg+xml" />
      <link rel="stylesheet" href={asset("/styles.css")} />
      <script dangerouslySetInnerHTML={{ __html: THEME }} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
