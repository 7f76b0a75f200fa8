/**
 * Finds words that stand in JSX instead of the locales. A rule of `deno lint`, so that it reads the
 * syntax tree and not the text.
 * @module
 */

/** Attributes and props that people read or hear. */
const SPOKEN = new Set([
  "alt",
  "aria-description",
  "aria-label",
  "aria-placeholder",
  "aria-roledescription",
  "aria-valuetext",
  "caption",
  "closeLabel",
  "hint",
  "label",
  "legend",
  "placeholder",
  "sub",
  "summary",
  "text",
  "title",
  "unit",
  "verb",
]);

/** The same in every language: names of products, programs, media types and paths. */
const NAMES = /\bJasmin Dashboard\b|\bcurl\b|[\w.-]*\/[\w./+-]+/g;

/** One letter is a sign, as in a legend of characters. */
const hasWord = (text: string): boolean => /\p{L}{2}/u.test(text.replaceAll(NAMES, ""));

/** What is in them is typed into machines, or came from them. */
const VERBATIM = new Set(["code", "kbd", "pre", "samp", "Code", "Mono"]);

/** Whether the nearest element around it is verbatim. */
function isVerbatim(node: Deno.lint.Node): boolean {
  const element = node.type === "JSXElement" ? node : null;
  const name = element?.openingElement.name;
  return name?.type === "JSXIdentifier" && VERBATIM.has(name.name);
}

/** The literal texts that an expression can come to. */
function* literals(node: Deno.lint.Node | null): Generator<Deno.lint.Node> {
  switch (node?.type) {
    case "Literal":
      if (typeof node.value === "string" && hasWord(node.value)) yield node;
      break;
    case "TemplateLiteral":
      if (node.quasis.some(({ cooked }) => hasWord(cooked))) yield node;
      break;
    case "ConditionalExpression":
      yield* literals(node.consequent);
      yield* literals(node.alternate);
      break;
    case "LogicalExpression":
      yield* literals(node.right);
      break;
    case "BinaryExpression":
      yield* literals(node.left);
      yield* literals(node.right);
      break;
  }
}

/** The plugin with its one rule, `locales/literal-words`. */
export const literalWords: Deno.lint.Plugin = {
  name: "locales",
  rules: {
    "literal-words": {
      create(context) {
        const report = (node: Deno.lint.Node) =>
          context.report({ node, message: "Words belong into locales/, say them by t()" });
        return {
          JSXText(node) {
            if (hasWord(node.value) && !isVerbatim(node.parent)) report(node);
          },
          JSXAttribute(node) {
            const name = node.name.type === "JSXIdentifier" ? node.name.name : "";
            if (!SPOKEN.has(name)) return;
            const { value } = node;
            const inner = value?.type === "JSXExpressionContainer" ? value.expression : value;
            for (const found of literals(inner)) report(found);
          },
          JSXExpressionContainer(node) {
            if (node.parent.type !== "JSXElement" && node.parent.type !== "JSXFragment") return;
            if (isVerbatim(node.parent)) return;
            for (const found of literals(node.expression)) report(found);
          },
        };
      },
    },
  },
};
