/** The three best leviers as cards: why, what it brings, what helps. */
import { element } from "./dom.js";
import { showDate } from "./evaluation.js";

const EFFORTS = { 1: "Effort léger", 2: "Effort moyen", 3: "Effort important" };
const STATUTS = {
  eligible: "Ouvert, et vos critères correspondent",
  a_verifier: "Ouvert, à vérifier avec l'organisme",
  inconnu: "Ouvert, il manque une information pour savoir",
  non_eligible: "Ne correspond pas à votre situation",
  a_venir: "Pas encore ouvert",
  clos: "Clos, pour mémoire",
};
/** Only these count as help. */
const AIDES = ["eligible", "a_verifier", "inconnu", "a_venir"];

export function renderLeviers({ leviers }, contexte) {
  return element(
    "section",
    { class: "suite", "aria-labelledby": "q-leviers", "data-leviers": leviers.length },
    element("h3", { id: "q-leviers" }, "Par où continuer"),
    leviers.length
      ? element("ol", { class: "cartes q-leviers" }, leviers.map((levier) => renderLevier(levier, contexte)))
      : element("p", {}, "Vos réponses ne laissent voir aucun gain pour l'instant. Répondez à d'autres questions, ou revenez après votre prochaine action."),
  );
}

function renderLevier(levier, contexte) {
  const { q, racine, goTo } = contexte;
  const theme = q.themes.find(({ id }) => id === levier.theme).titre;
  const ressources = pick(q.ressources, levier.ressources);
  const dispositifs = levier.dispositifs.map((avis) => ({ ...avis, dispositif: q.dispositifs.find(({ id }) => id === avis.id) })).filter(({ dispositif }) => dispositif);
  const aides = dispositifs.filter(({ statut }) => AIDES.includes(statut));
  const autres = dispositifs.filter(({ statut }) => !AIDES.includes(statut));
  return element(
    "li",
    { class: "carte q-levier", "data-levier": levier.question },
    element("p", { class: "q-surtitre" }, theme),
    element("h4", {}, levier.texte),
    element("p", {}, levier.raison),
    element("p", { class: "q-gain" }, element("strong", {}, levier.gain_affiche), ` sur le thème, ${levier.gain_global_affiche} sur l'ensemble. `, `${EFFORTS[levier.effort]}.`),
    ressources.length ? [element("h5", {}, "Pour s'y mettre"), element("ul", {}, ressources.map((r) => element("li", {}, element("a", { href: racine + r.chemin }, r.titre))))] : null,
    aides.length ? [element("h5", {}, "Pour être aidé"), element("ul", {}, aides.map((avis) => renderAide(avis, racine)))] : null,
    autres.length ? [element("h5", {}, "Pour mémoire"), element("ul", {}, autres.map((avis) => renderAide(avis, racine)))] : null,
    element("p", { class: "q-vider" }, element("button", { type: "button", class: "q-lien", click: () => goTo(levier.question) }, "Revoir ma réponse")),
  );
}

function renderAide({ dispositif, statut, raisons }, racine) {
  const { ouverture, cloture, montant_affichage: montant } = dispositif;
  const quand = statut === "clos" && cloture ? `Clos depuis le ${showDate(cloture)}` : statut === "a_venir" && ouverture ? `Ouvre le ${showDate(ouverture)}` : STATUTS[statut];
  const faits = [montant, cloture && statut !== "clos" ? `jusqu'au ${showDate(cloture)}` : null].filter(Boolean);
  return element(
    "li",
    { "data-statut": statut },
    element("a", { href: racine + dispositif.chemin }, dispositif.titre),
    element("span", { class: "q-statut" }, [quand, ...faits].join(" · ")),
    raisons.length ? element("details", { class: "q-aide" }, element("summary", {}, "À savoir"), element("ul", {}, raisons.map((raison) => element("li", {}, raison)))) : null,
  );
}

const pick = (choses, ids) => ids.map((id) => choses.find((chose) => chose.id === id)).filter(Boolean);
