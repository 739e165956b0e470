/**
 * From French text to the words the search compares: no accent, no ending, no filler word.
 *
 * The same as `hooks/etabli/fold.py`, line for line: that one prepared the index, this one reads what the visitor types.
 * The two are held together by `tests/vecteurs-fold.json`: a change here is a change there and in that file.
 */

const MARKS = /[\u0300-\u036f\u00ad]/g; // combining accents, soft hyphen
const LETTERS = { "œ": "oe", "æ": "ae", "ß": "ss", "²": "2", "³": "3", "₂": "2", "₃": "3", "₄": "4", "ﬁ": "fi", "ﬂ": "fl", "_": " " };
const INITIALS = /\b(?:[a-z](?:[.&]| & ))+[a-z]\b/g; // « R&D », « R & D », « P.C.A.E.T. » are one word each

// What elisions leave behind (l', qu', jusqu', aujourd'hui) and words found on every page.
const STOP = new Set(`
c d j l m n s t qu jusqu lorsqu puisqu quoiqu quelqu aujourd hui
a ai as au aux avant avec avez avoir avons ce cela ces cet cette ceux chez comme comment dans de des donc dont du elle
elles en entre environ est et etes etre eux fait faire forme formes il ils je la le les leur leurs lui ma mais me mes
moi mon ne nos notre nous on ont ou par pas pour pres puis quand que quel quelle quelles quels qui quoi sa se ses si
sommes son sont sous sur ta te tes toi ton tous tout toute toutes tu un une vers vos votre vous y
`.trim().split(/\s+/));

const EXCEPTIONS = new Map([["travaux", "travail"], ["baux", "bail"], ["etabli", "etabli"]]);

// Endings of a singular word without its final e, what replaces each, how many letters must stay before it. Longest
// first; the first that fits is the only one applied.
const ENDINGS = [
  ["ification", "if", 3],
  ["issement", "", 4], ["isatric", "", 4], ["isation", "", 4], ["isateur", "", 4], ["emental", "", 5],
  ["etiqu", "", 4], ["ement", "", 4], ["isant", "", 4], ["isent", "", 4], ["ation", "", 4], ["ateur", "", 4],
  ["atric", "", 4], ["ifier", "if", 3],
  ["iser", "", 4], ["tric", "teu", 3],
  ["iqu", "", 4], ["iel", "", 5], ["ier", "", 5], ["air", "", 5], ["eur", "eu", 3], ["eus", "eu", 3], ["ant", "", 5],
  ["ent", "", 5], ["ic", "", 4], ["is", "", 5], ["iv", "if", 3], ["ag", "", 5], ["er", "", 3], ["ez", "", 4], ["ir", "", 4],
  ["i", "", 5],
];

/** The search tokens of `text`, in order, repetitions kept: fold("L'éclairage (PCAET)") is ["eclair", "pcaet"]. */
export function fold(text) {
  return splitWords(text).map(stem);
}

/** The same words before their endings are cut, ["eclairage", "pcaet"]: what a visitor half types or mistypes. */
export function splitWords(text) {
  let plain = text.normalize("NFD").replace(MARKS, "").toLowerCase().replace(/[œæß²³₂₃₄ﬁﬂ_]/g, (letter) => LETTERS[letter]);
  plain = plain.replace(INITIALS, (found) => found.replace(/[.& ]/g, ""));
  return (plain.match(/[a-z0-9]+/g) ?? []).filter((word) => !STOP.has(word));
}

/** A word of `splitWords` without its ending. Short words, and those with a figure in them (CO2, 14001), are left alone. */
export function stem(word) {
  if (EXCEPTIONS.has(word)) return EXCEPTIONS.get(word);
  if (word.length < 4 || /[0-9]/.test(word)) return word;
  word = singular(word);
  for (const e of ["ee", "e"]) {
    if (word.endsWith(e) && word.length - e.length >= 3) {
      word = word.slice(0, -e.length);
      break;
    }
  }
  word = single(word);
  for (const [ending, replacement, left] of ENDINGS) {
    if (word.endsWith(ending) && word.length - ending.length >= left) {
      return single(word.slice(0, -ending.length) + replacement);
    }
  }
  return word;
}

const single = (word) => (word.at(-1) === word.at(-2) ? word.slice(0, -1) : word);

function singular(word) {
  if (word.endsWith("aux") && !word.endsWith("eaux")) return word.length > 4 ? `${word.slice(0, -3)}al` : word;
  return /[aeo]ux$|[^s]s$/.test(word) ? word.slice(0, -1) : word;
}
