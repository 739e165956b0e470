/** While a bilan is printed the document bears its name, which browsers give to the PDF file. */

let nom = null;
let avant = null;

/** @param {{q: object, evaluation: object}} contexte of the bilan that stands on the page */
export function namePrint({ q, evaluation }) {
  nom = `Bilan ${evaluation.date} – ${evaluation.nom ?? q.titre.replace(/[\s\u00a0\u202f]*\?$/, "")}`;
}

addEventListener("beforeprint", () => {
  if (!nom || document.querySelector(".questionnaire")?.dataset.mode !== "bilan") return;
  avant = document.title;
  document.title = nom;
});
addEventListener("afterprint", () => {
  if (avant !== null) document.title = avant;
  avant = null;
});
