/** The three best leviers as cards: why, what it brings, what effort it asks for, what helps, and the way into the plan. */
import { renderHelp } from "./aides.js";
import { element } from "./dom.js";
import { findQuestion, sayAction, sayMarche } from "./mesure.js";
import { drawEffort } from "./radar.js";

const EFFORTS = { 1: "Effort léger", 2: "Effort moyen", 3: "Effort important" };
/** What to say without any levier, by the state of the whole. */
const SANS_GAIN = {
  note: "Tout ce qui vous concerne est en place : il n'y a rien à gagner de plus ici. Refaites le point dans un an, et parlez autour de vous de ce qui marche chez vous.",
  incomplet: "Ce que vous avez déjà répondu est au plus haut. Les questions qui restent diront s'il y a d'autres pistes.",
  non_concerne: "Aucune question de ce questionnaire ne vous concerne. Les aides du catalogue, elles, restent à votre disposition.",
};
/** How many leviers stand as cards; the others are in pistes.js. */
export const PREMIERS = 3;

/**
 * @param {object} bilan
 * @param {object|null} reco what `recommander` gave for the first leviers, or null until it comes
 * @param {object} contexte with `suivi`, the plan as it is followed on this page
 */
export function renderLeviers({ global, leviers }, reco, contexte) {
  const premiers = leviers.slice(0, PREMIERS);
  return element(
    "section",
    { class: "suite", "aria-labelledby": "q-leviers", "data-leviers": premiers.length },
    element("h3", { id: "q-leviers", tabindex: "-1" }, "Par où continuer"),
    premiers.length
      ? [
          element("p", { class: "q-note" }, "Les actions qui feraient le plus monter la note, à partir des réponses données."),
          element("ol", { class: "cartes q-leviers" }, premiers.map((levier) => renderLevier(levier, reco, contexte))),
        ]
      : element("p", { "data-sans-levier": global.etat }, SANS_GAIN[global.etat]),
  );
}

function renderLevier(levier, reco, contexte) {
  const aide = reco?.leviers.find(({ question }) => question === levier.question);
  const theme = findQuestion(contexte.q, levier.question)?.theme.titre;
  const action = sayAction(levier);
  return element(
    "li",
    { class: "carte q-levier", "data-levier": levier.question },
    element("p", { class: "q-surtitre" }, theme),
    element("h4", {}, action),
    renderGain(levier),
    renderRaison(levier),
    reco ? (aide ? renderHelp(aide, contexte) : null) : element("p", { class: "q-note" }, "Nous cherchons les aides…"),
    contexte.lecture
      ? null
      : element(
          "p",
          { class: "q-actions q-boutons" },
          contexte.suivi.makeButton(levier.question, action),
          element("button", { type: "button", class: "q-lien", click: () => contexte.goTo(levier.question) }, "Revoir ma réponse", element("span", { class: "lu" }, ` : ${action}`)),
        ),
  );
}

/** Where the action comes from: the question, the answer given, and the next better one. */
export function renderRaison(levier) {
  return element(
    "div",
    { class: "q-raison" },
    levier.action ? element("p", {}, `Question : « ${levier.texte} »`) : null,
    element("p", {}, levier.raison, sayMarche(levier)),
  );
}

/** What it would bring, and the effort in words and as steps. */
export function renderGain({ gain_affiche: gain, gain_global_affiche: ensemble, effort, inconnu }) {
  return element(
    "p",
    { class: "q-gain" },
    element("strong", {}, gain),
    element("span", {}, `${inconnu ? "au plus " : ""}sur le thème, ${ensemble} sur l'ensemble`),
    element("span", { class: "q-effort" }, drawEffort(effort), EFFORTS[effort]),
  );
}
