import { define } from "../../define.ts";
import Cart from "./(_islands)/cart.tsx";

async function Shop() {
  const items = await Promise.resolve(2);
  return <Cart items={items} />;
}

export default define.page(Shop);
