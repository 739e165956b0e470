/**
 * The passage of a page that shows why it was found. Works on the texts that `search-index.js` fetched.
 */
import { fold } from "./fold.js";

const LENGTH = 230; // characters: three lines on a telephone
const BEFORE = 70; // of those, at most that many before the first word found

/**
 * The sentence of `texte` or of `resume` that has the most of `termes` (terms of the index), cut around them; the résumé when no
 * other has more, for it was written to present the page.
 */
export function findPassage([resume, texte], termes) {
  const wanted = new Set(termes);
  const count = (sentence) => new Set(fold(sentence).filter((term) => wanted.has(term))).size;
  let [best, most] = [resume, count(resume)];
  for (const sentence of texte.replace(/([.!?…])\s+/g, "$1\n").split("\n")) {
    const has = most < wanted.size ? count(sentence) : 0;
    if (has > most) [best, most] = [sentence, has];
  }
  return cut(best || texte, wanted);
}

/** `text` in LENGTH characters, whole words, from a little before the first word found. */
function cut(text, wanted) {
  if (text.length <= LENGTH) return text;
  let start = 0;
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
    if (!fold(word).some((term) => wanted.has(term))) continue;
    if (index > BEFORE) start = text.lastIndexOf(" ", index - BEFORE) + 1;
    break;
  }
  const end = start + LENGTH >= text.length ? text.length : text.lastIndexOf(" ", start + LENGTH);
  const shown = text.slice(start, end > start ? end : start + LENGTH);
  return `${start ? "… " : ""}${shown}${end < text.length ? " …" : ""}`;
}
