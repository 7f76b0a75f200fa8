import assert from "node:assert/strict";
import { LANGUAGES, LOCALES, paramNames, type Phrase } from "./mod.ts";

/** Every phrase of a language by its key. */
function phrasesOf(language: typeof LANGUAGES[number]): Map<string, Phrase> {
  return new Map(
    Object.entries(LOCALES[language]).flatMap(([subject, phrases]) =>
      Object.entries(phrases).map(([name, phrase]) => [`${subject}.${name}`, phrase] as const)
    ),
  );
}

const english = phrasesOf("en");

for (const language of LANGUAGES) {
  const own = phrasesOf(language);

  Deno.test(`${language} has the same keys as English, and no other`, () => {
    assert.deepEqual([...own.keys()].sort(), [...english.keys()].sort());
  });

  Deno.test(`${language} takes the same parameters as English`, () => {
    for (const [key, phrase] of own) {
      assert.deepEqual(
        // A form for exactly one may leave the number out.
        paramNames(phrase).filter((name) => name !== "n"),
        paramNames(english.get(key) ?? "").filter((name) => name !== "n"),
        key,
      );
    }
  });

  Deno.test(`${language} has every plural form that it needs, and says the number in most`, () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, phrase] of own) {
      if (typeof phrase === "string") continue;
      assert.deepEqual(Object.keys(phrase).sort(), [...categories].sort(), key);
      // What says how many are at most or in total may count something else in its words.
      assert.ok(phrase.other.includes("{n}") || key === "form.needChange", key);
    }
  });

  Deno.test(`${language} has no empty phrase, no exclamation mark, no straight quotes`, () => {
    for (const [key, phrase] of own) {
      for (const text of typeof phrase === "string" ? [phrase] : Object.values(phrase)) {
        assert.ok(text.trim() === text && text !== "", key);
        assert.doesNotMatch(text, /[!"']|\.\.\./, key);
        assert.equal(text.split("{").length, text.split("}").length, key);
      }
    }
  });
}

Deno.test("French keeps its punctuation on the line", () => {
  for (const [key, phrase] of phrasesOf("fr")) {
    for (const text of typeof phrase === "string" ? [phrase] : Object.values(phrase)) {
      assert.doesNotMatch(text, / [:;?»]|« /, key);
    }
  }
});

Deno.test("phrases are translated, but for the field's own terms", () => {
  const same = /^[^\p{Ll}]*$|\{|jcli|submit|deliver|enquire|data_sm|PostgreSQL|Redis/u;
  for (const language of LANGUAGES) {
    if (language === "en") continue;
    const untranslated = [...phrasesOf(language)].filter(([key, phrase]) =>
      typeof phrase === "string" && phrase === english.get(key) && !same.test(phrase)
    );
    assert.ok(untranslated.length < 45, `${language}: ${untranslated.map(([key]) => key)}`);
  }
});
