import { asset } from "fresh/runtime";
import { define } from "../define.ts";

export default define.page(({ Component }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>Untitled</title>
      <meta name="description" content="of the app" />
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={asset("/styles.css")} />
      <script
        dangerouslySetInnerHTML={{ __html: "document.documentElement.dataset.ran = 'yes'" }}
      />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
