/**
 * The bilan on the page: synthesis, radar and table, leviers, themes to unfold.
 *
 * Every figure is a text of the engine, shown as it is; this module decides only where it stands.
 */
import { element } from "./dom.js";
import { renderDetails } from "./details.js";
import { renderLeviers } from "./leviers.js";
import { renderRemarks, showNote } from "./mesure.js";
import { drawBar, drawRadar } from "./radar.js";

/**
 * @param {object} bilan what `evaluer` gave
 * @param {{q: object, evaluation: object, racine: string, goTo: (question: string) => void}} contexte
 *   the compiled questionnaire, the answers, the way to the site's root, and how to open a question
 * @returns {Node[]}
 */
export function renderResults(bilan, contexte) {
  return [
    renderSynthesis(bilan, contexte),
    renderThemes(bilan),
    renderLeviers(bilan, contexte),
    renderDetails(bilan, contexte),
  ];
}

function renderSynthesis({ global, ignorees }, contexte) {
  const incomplet = global.etat === "incomplet";
  return element(
    "div",
    { class: "q-synthese", "data-synthese": global.etat },
    element("p", { class: "q-note-globale", "data-note-globale": true }, showNote(global)),
    global.niveau ? element("p", { class: "q-niveau", "data-niveau": global.niveau }, `Niveau « ${global.niveau_titre} »`) : null,
    element("p", { class: "q-phrase" }, global.message),
    renderRemarks(global, contexte),
    incomplet ? element("p", {}, "Un niveau s'affichera quand chaque question aura une réponse, ou sera « non concerné ». Ce que vous avez déjà dit compte tout de suite.") : null,
    ignorees.length ? element("p", { class: "q-note", "data-ignorees": ignorees.length }, sayIgnored(ignorees)) : null,
  );
}

function sayIgnored(ignorees) {
  const nombre = ignorees.length === 1 ? "1 réponse de votre fichier n'est pas comptée" : `${ignorees.length} réponses de votre fichier ne sont pas comptées`;
  return `${nombre} : question absente, modifiée depuis, ou hors de votre profil. Elles restent dans votre fichier.`;
}

function renderThemes({ themes }) {
  const rows = themes.map((theme, rang) =>
    element(
      "tr",
      { role: "row", "data-theme-bilan": theme.id },
      element("th", { role: "rowheader", scope: "row" }, `${rang + 1}. ${theme.titre}`),
      element("td", { role: "cell", class: "q-cellule-note" }, showNote(theme), drawBar(theme)),
      element("td", { role: "cell" }, theme.niveau ? element("strong", {}, `${theme.niveau_titre}. `) : null, theme.message),
    ),
  );
  const open = themes.some(({ etat }) => etat === "incomplet");
  return element(
    "section",
    { class: "q-reperes", "aria-labelledby": "q-reperes" },
    element("h3", { id: "q-reperes" }, "Thème par thème"),
    element(
      "div",
      { class: "q-deux" },
      element(
        "div",
        { class: "q-toile" },
        drawRadar(themes),
        open ? element("p", { class: "q-note" }, "Trait plein : ce que vos réponses donnent déjà. Pointillés : ce que donneraient au mieux celles qui manquent.") : null,
      ),
      element(
        "div",
        { class: "tableau" },
        // On a narrow screen the cells of a row stand in a grid: the roles say what the style would hide.
        element(
          "table",
          { class: "q-tableau", role: "table" },
          element("caption", {}, "Notes par thème"),
          element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ["Thème", "Note sur 5", "Où vous en êtes"].map((titre) => element("th", { role: "columnheader", scope: "col" }, titre)))),
          element("tbody", { role: "rowgroup" }, rows),
        ),
      ),
    ),
  );
}
