/** Each theme to unfold: what was answered, the points it brought, what it could still bring. */
import { element } from "./dom.js";
import { renderRemarks, showNote } from "./mesure.js";

const COLONNES = ["Question", "Votre réponse", "Points", "Encore possible"];

export function renderDetails({ themes }, contexte) {
  return element(
    "section",
    { class: "suite q-details", "aria-labelledby": "q-details" },
    element("h3", { id: "q-details" }, "Le détail de vos réponses"),
    themes.map((theme) => renderTheme(theme, contexte)),
  );
}

function renderTheme(theme, contexte) {
  const questions = theme.questions.filter(({ etat }) => etat !== "masquee");
  const niveau = theme.niveau ? `, ${theme.niveau_titre}` : "";
  return element(
    "details",
    { class: "q-detail", "data-detail": theme.id },
    element("summary", {}, element("strong", {}, theme.titre), ` : ${showNote(theme)}${niveau}`),
    renderRemarks(theme, contexte),
    questions.length
      ? element(
          "div",
          { class: "tableau" },
          // As for the table of themes, the roles say what a narrow screen's grid would hide.
          element(
            "table",
            { class: "q-tableau", role: "table", "aria-label": `Vos réponses, ${theme.titre}` },
            element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, COLONNES.map((titre) => element("th", { role: "columnheader", scope: "col" }, titre)))),
            element("tbody", { role: "rowgroup" }, questions.map((question) => renderQuestion(question, theme.id, contexte))),
          ),
        )
      : element("p", {}, "Aucune question de ce thème ne vous concerne."),
  );
}

function renderQuestion(question, theme, { q, evaluation, goTo }) {
  const modele = q.themes.find(({ id }) => id === theme).questions.find(({ id }) => id === question.id);
  return element(
    "tr",
    { role: "row", "data-question-bilan": question.id, "data-etat": question.etat },
    element("th", { role: "rowheader", scope: "row" }, element("button", { type: "button", class: "q-lien", click: () => goTo(question.id) }, question.texte)),
    element("td", { role: "cell" }, sayAnswer(question, modele, evaluation.reponses[question.id])),
    element("td", { role: "cell", "data-colonne": COLONNES[2] }, question.points_affiche ?? "—"),
    element("td", { role: "cell", "data-colonne": COLONNES[3] }, question.gain_affiche ?? "—"),
  );
}

/** The answer in words, from the questionnaire's own wording. */
function sayAnswer({ etat }, modele, reponse) {
  if (etat === "vide") return "Pas encore de réponse";
  if (etat === "ne_sait_pas") return "Je ne sais pas";
  if (etat === "non_concerne") {
    const motif = modele.non_concerne.motifs.find(({ id }) => id === reponse.motif);
    return motif ? `Non concerné : ${motif.texte}` : "Non concerné";
  }
  if (reponse.nombre !== undefined) return `${reponse.nombre.replace(".", ",")} ${modele.echelle.unite}`;
  return modele.options.filter(({ id }) => reponse.options.includes(id)).map(({ texte }) => texte).join(" ; ");
}
