/** The leviers that follow the first three: a compact list; the help for one of them is asked for when it is unfolded. */
import { renderHelp } from "./aides.js";
import { element } from "./dom.js";
import { PREMIERS, renderGain, renderRaison } from "./leviers.js";
import { findQuestion, sayAction } from "./mesure.js";

const MONTREES = 6;

/** @returns {Element|null} null when the cards have said it all */
export function renderPistes({ leviers }, contexte) {
  const suivants = leviers.slice(PREMIERS);
  if (!suivants.length) return null;
  const lines = (liste) => element("ul", { class: "q-pistes" }, liste.map((levier) => renderPiste(levier, contexte)));
  const reste = suivants.slice(MONTREES);
  return element(
    "section",
    { class: "suite", "aria-labelledby": "q-pistes", "data-pistes": suivants.length },
    element("h3", { id: "q-pistes", tabindex: "-1" }, "D'autres pistes"),
    lines(suivants.slice(0, MONTREES)),
    reste.length ? element("details", { class: "q-reste", "data-cle": "pistes" }, element("summary", {}, reste.length === 1 ? "Encore une piste" : `Encore ${reste.length} pistes`), lines(reste)) : null,
    reste.length ? element("p", { class: "q-imprime q-note", "data-reste": reste.length }, `${reste.length === 1 ? "Une autre piste est" : `${reste.length} autres pistes sont`} plus bas, dans « D'où vient ce score », avec ce que chaque réponse peut encore apporter.`) : null,
  );
}

function renderPiste(levier, contexte) {
  const { q, lecture, suivi } = contexte;
  const action = sayAction(levier);
  const zone = element("div", { class: "q-piste-aides", hidden: true });
  const bouton = element("button", { type: "button", class: "q-lien", "aria-expanded": "false", click: () => toggle(bouton, zone, levier, contexte) }, "Voir les aides", element("span", { class: "lu" }, ` : ${action}`));
  return element(
    "li",
    { "data-piste": levier.question },
    element("div", { class: "q-piste-texte" }, element("p", { class: "q-surtitre" }, findQuestion(q, levier.question)?.theme.titre), element("p", {}, action)),
    renderGain(levier),
    element("p", { class: "q-actions q-boutons" }, bouton, lecture ? null : suivi.makeButton(levier.question, action)),
    zone,
  );
}

/** Asked for, the aids are all unfolded at once. */
async function toggle(bouton, zone, levier, contexte) {
  zone.hidden = !zone.hidden;
  bouton.setAttribute("aria-expanded", String(!zone.hidden));
  if (zone.hidden || zone.dataset.pret) return;
  zone.replaceChildren(renderRaison(levier), element("p", { role: "status" }, "Nous cherchons les aides…"));
  try {
    const reco = await contexte.recommander([levier.question]);
    // Null when the answers have changed meanwhile: the bilan is about to be rendered again.
    zone.replaceChildren(renderRaison(levier), ...(reco?.leviers ?? []).map((aide) => renderHelp(aide, contexte)));
    zone.querySelector("[data-cle^=aides-]")?.setAttribute("open", "");
    zone.dataset.pret = "";
  } catch {
    zone.replaceChildren(element("p", { role: "status" }, "Les aides n'ont pas pu être calculées. Refermez puis rouvrez pour réessayer."));
  }
}
