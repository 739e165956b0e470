/** The plan as a table to read: on paper, and in a bilan that is only to be read. */
import { element } from "./dom.js";
import { showDate } from "./evaluation.js";
import { findQuestion, sayAction } from "./mesure.js";
import { isLate } from "./suivi.js";
import { STATUTS } from "./tableur.js";

const COLONNES = ["Action", "Échéance", "Qui la porte", "Où elle en est", "Notes"];

/**
 * @param {[string, object][]} entrees question and entry, in the order to show
 * @param {{q: object}} contexte
 */
export function renderPlanTable(entrees, { q }) {
  if (!entrees.length) return null;
  return element(
    "div",
    { class: "tableau" },
    element(
      "table",
      { class: "q-tableau q-tableau-plan", role: "table", "aria-label": "Plan d'action" },
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, COLONNES.map((titre) => element("th", { role: "columnheader", scope: "col" }, titre)))),
      element(
        "tbody",
        { role: "rowgroup" },
        entrees.map(([question, entree]) =>
          element(
            "tr",
            { role: "row", "data-ligne-plan": question },
            element("th", { role: "rowheader", scope: "row" }, sayAction(findQuestion(q, question)?.question ?? { texte: question })),
            element("td", { role: "cell", "data-colonne": COLONNES[1] }, sayDate(entree)),
            element("td", { role: "cell", "data-colonne": COLONNES[2] }, entree.responsable || "—"),
            element("td", { role: "cell", "data-colonne": COLONNES[3] }, STATUTS[entree.statut]),
            element("td", { role: "cell", "data-colonne": COLONNES[4] }, entree.note || "—"),
          ),
        ),
      ),
    ),
  );
}

const sayDate = (entree) => (entree.echeance ? `${showDate(entree.echeance)}${isLate(entree) ? " (passée)" : ""}` : "À fixer");
