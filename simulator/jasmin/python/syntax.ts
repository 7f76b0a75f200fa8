/**
 * The syntax errors of Python that can be told without Python: brackets that are never closed or
 * never opened, and two operators side by side. Other faulty code passes.
 */

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** What `SyntaxError` says, as jcli prints it; undefined for code that seems right. */
export function syntaxFault(code: string): string | undefined {
  const open: { readonly bracket: string; readonly line: number }[] = [];
  const bare = withoutStrings(code);
  for (const [index, line] of bare.split("\n").entries()) {
    if (/(?:^|[^=!<>:+*/%|&^@-])= +=(?!=)|[*/%] +[*/%=]/.test(line)) {
      return `invalid syntax (, line ${index + 1})`;
    }
    for (const character of line) {
      if (character in CLOSING) open.push({ bracket: character, line: index + 1 });
      else if (Object.values(CLOSING).includes(character)) {
        if (CLOSING[open.pop()?.bracket ?? ""] !== character) {
          return `unmatched '${character}' (, line ${index + 1})`;
        }
      }
    }
  }
  const last = open.at(-1);
  return last === undefined
    ? undefined
    : `'${last.bracket}' was never closed (, line ${last.line})`;
}

function withoutStrings(code: string): string {
  return code.replace(
    /("""|''')[\s\S]*?\1|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*/g,
    (text) => "\n".repeat(text.split("\n").length - 1) || '""',
  );
}
