/** Maturity beside interest, for a questionnaire that asks both: which theme to begin with, said in words. */
import { element } from "./dom.js";
import { showNote } from "./mesure.js";
import { drawBar } from "./radar.js";

const COLONNES = ["Thème", "Maturité", "Intérêt", "Ce que cela suggère"];
const AVIS = {
  "vif-debut": "À regarder en premier : cela vous intéresse et beaucoup reste à explorer.",
  "vif-avance": "À approfondir : cela vous intéresse et vous êtes déjà bien engagé.",
  "faible-debut": "Peut attendre. Gardez-le en tête pour une prochaine fois.",
  "faible-avance": "Bien installé : il suffit de l'entretenir.",
};
const ORDRE = [...Object.keys(AVIS), "inconnu", "non-concerne"];

/** @returns {Element|null} null when no interest is told */
export function renderInteret({ themes }) {
  if (!themes.some(({ interet }) => interet)) return null;
  // A theme whose question about interest waits for its answer keeps its row.
  const rows = themes.filter(({ questions }) => questions.some(({ notee, etat }) => notee === false && etat !== "masquee")).map((theme) => ({ theme, cas: judge(theme) }));
  rows.sort((a, b) => ORDRE.indexOf(a.cas) - ORDRE.indexOf(b.cas) || read(b.theme.interet) - read(a.theme.interet) || a.theme.part_min - b.theme.part_min);
  return element(
    "section",
    { class: "suite", "aria-labelledby": "q-interet", "data-interets": rows.length },
    element("h3", { id: "q-interet", tabindex: "-1" }, "Maturité et intérêt"),
    element("p", { class: "q-note" }, "En haut, ce qui vous attire et où il reste le plus à explorer : souvent le meilleur point de départ. L'intérêt ne compte pas dans la note."),
    element(
      "div",
      { class: "tableau" },
      element(
        "table",
        { class: "q-tableau q-interets", role: "table", "aria-labelledby": "q-interet" },
        element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, COLONNES.map((titre) => element("th", { role: "columnheader", scope: "col" }, titre)))),
        element("tbody", { role: "rowgroup" }, rows.map(({ theme, cas }) => renderRow(theme, cas))),
      ),
    ),
  );
}

function renderRow(theme, cas) {
  return element(
    "tr",
    { role: "row", "data-interet": theme.id, "data-cas": cas },
    element("th", { role: "rowheader", scope: "row" }, theme.titre),
    element("td", { role: "cell", class: "q-cellule-note" }, showNote(theme), drawBar(theme)),
    element("td", { role: "cell", "data-colonne": COLONNES[2] }, theme.interet?.reponse ?? "Pas encore dit"),
    element("td", { role: "cell" }, AVIS[cas] ?? (cas === "inconnu" ? "Dites votre intérêt, ou répondez au thème, pour situer celui-ci." : "Ne vous concerne pas.")),
  );
}

/** Halves of the two scales, in four cases; a theme without an answer to either is told apart. */
function judge({ etat, interet, repondues, part_min: part }) {
  if (etat === "non_concerne") return "non-concerne";
  if (!interet || (etat === "incomplet" && !repondues)) return "inconnu";
  return `${read(interet) >= 0.5 ? "vif" : "faible"}-${part >= 0.5 ? "avance" : "debut"}`;
}

/** The value of an answer, "1" or "1/2", as a number to sort by. */
function read(interet) {
  if (!interet) return -1;
  const [haut, bas = 1] = interet.valeur.split("/").map(Number);
  return haut / bas;
}
