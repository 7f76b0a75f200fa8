import { Head } from "fresh/runtime";
import { define } from "../define.ts";

export default define.page(({ url }) => (
  <>
    <Head>
      <title>Not found</title>
    </Head>
    <h1>Nothing at {url.pathname}</h1>
  </>
));
