/**
 * The bilan on the page: synthesis, leviers and their help, what would settle more aids, other pistes, plan d'action, where the score
 * comes from. Every figure is a text of the engine, shown as it is; the modules around this one only decide where it stands.
 */
import { renderAilleurs } from "./ailleurs.js";
import { renderDetails } from "./details.js";
import { element } from "./dom.js";
import { namePrint } from "./impression.js";
import { renderInteret } from "./interet.js";
import { renderLeviers } from "./leviers.js";
import { renderPistes } from "./pistes.js";
import { renderPlan } from "./plan.js";
import { renderPrecisions } from "./precisions.js";
import { remember } from "./reprise.js";
import { Suivi } from "./suivi.js";
import { renderSynthese } from "./synthese.js";

const SAUTS = { "q-leviers": "Par où continuer", "q-ailleurs": "D'autres aides", "q-pistes": "D'autres pistes", "q-plan-action": "Plan d'action", "q-details": "D'où vient ce score" };

/**
 * @param {object} bilan what `evaluer` gave
 * @param {object|null} reco what `recommander` gave for the first leviers, or null until it comes
 * @param {{q: object, aides: object, evaluation: object, racine: string, lecture: boolean, goTo: (question: string) => void,
 *   setPlan: (question: string, entry: object|null) => void, setProfil: (patch: object) => Promise, recommander: (questions: string[]) => Promise<object>,
 *   makeField: (fait: string, onChange: (patch: object) => void) => Element}} contexte
 * @returns {Node[]} to be put on the page at once, in place of the former ones
 */
export function renderResults(bilan, reco, contexte) {
  if (!bilan.global.repondues && bilan.global.etat === "incomplet") return [renderEmpty(contexte)];
  namePrint(contexte);
  const restore = remember();
  const vue = { ...contexte, suivi: new Suivi(contexte) };
  const nodes = [
    renderSynthese(bilan, vue),
    renderInteret(bilan),
    renderLeviers(bilan, reco, vue),
    renderAilleurs(reco, vue),
    renderPrecisions(reco, vue),
    renderPistes(bilan, vue),
    vue.lecture && !vue.suivi.list().length ? null : renderPlan(bilan, vue),
    renderDetails(bilan, vue),
  ].filter(Boolean);
  nodes.splice(1, 0, renderSauts(nodes));
  restore(nodes);
  return nodes;
}

/** Nothing to sum up yet: one sentence, one way on. */
function renderEmpty({ lecture }) {
  const phrase = lecture ? "Cette évaluation ne contient pas encore de réponse. Il n'y a donc pas de bilan à lire." : "Votre bilan se dessinera avec vos réponses. Une seule suffit pour commencer : chacune éclaire le résultat.";
  return element(
    "section",
    { class: "q-synthese q-vierge", "data-synthese": "vide" },
    element("p", { class: "q-phrase" }, phrase),
    lecture ? null : element("p", { class: "q-actions" }, element("button", { type: "button", class: "bouton", "data-action": "modifier" }, "Répondre aux questions")),
  );
}

/** The parts of this bilan; the address does not change, since its fragment may hold a shared bilan. */
function renderSauts(nodes) {
  const parts = Object.entries(SAUTS).flatMap(([id, titre]) => nodes.map((node) => node.querySelector(`#${id}`)).filter(Boolean).map((cible) => [cible, titre]));
  const go = (cible) => (event) => {
    event.preventDefault();
    cible.focus({ preventScroll: true });
    cible.scrollIntoView({ block: "start" });
  };
  return element("nav", { class: "sauts q-sauts", "aria-label": "Dans ce bilan" }, element("ul", {}, parts.map(([cible, titre]) => element("li", {}, element("a", { href: `#${cible.id}`, click: go(cible) }, titre)))));
}
