import { define } from "../define.ts";
import { Growing, Rows } from "../islands/roots.tsx";

export default define.page(() => (
  <>
    <p id="growing">
      [<Growing name="a" />|<Growing name="b" />|<Growing name="c" />]
    </p>
    <table>
      <tbody id="rows">
        <tr>
          <td>first</td>
        </tr>
        <Rows names={["x", "y", "z"]} />
        <tr>
          <td>last</td>
        </tr>
      </tbody>
    </table>
    <svg viewBox="0 0 10 10" aria-hidden="true">
      <title>Picture</title>
    </svg>
  </>
));
