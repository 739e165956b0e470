/**
 * The first sheet of the bilan, the one to show to an elected official: for whom, note, level, one sentence, the next step, radar and
 * table. What only paper needs (three leviers in a line each, where the figures come from) is here too.
 */
import { element } from "./dom.js";
import { showDate } from "./evaluation.js";
import { renderProchain, renderRemarks, sayAction, showNote } from "./mesure.js";
import { drawBar, drawRadar } from "./radar.js";

const COLONNES = ["Thème", "Note sur 5", "Ce que cela dit"];

/**
 * @param {object} bilan
 * @param {object} contexte
 * @returns {Element} a section that holds on one sheet of paper
 */
export function renderSynthese(bilan, contexte) {
  const { global, themes } = bilan;
  const toile = drawRadar(themes);
  return element(
    "section",
    { class: "q-feuille", "aria-labelledby": "q-synthese" },
    element("h3", { id: "q-synthese", class: "lu" }, "Synthèse"),
    element(
      "div",
      { class: "q-deux" },
      element(
        "div",
        { class: "q-synthese", "data-synthese": global.etat },
        renderIdentite(contexte),
        element("p", { class: "q-note-globale", "data-note-globale": true }, showNote(global)),
        renderNiveau(global, contexte.q),
        element("p", { class: "q-phrase" }, global.message),
        renderRemarks(global),
        renderProchain(global, contexte),
        renderReste(bilan, contexte),
      ),
      toile
        ? element(
            "div",
            { class: "q-toile" },
            toile,
            drawRadar(themes, "etroit"),
            global.etat === "incomplet" ? element("p", { class: "q-note" }, "Trait plein : ce que vos réponses donnent déjà. Pointillés : ce que donneraient au mieux celles qui manquent.") : null,
          )
        : null,
    ),
    renderThemes(themes),
    renderPapier(bilan, contexte),
  );
}

/** What this bilan is worth and for whom; the page says its name and its date above. */
function renderIdentite({ q, aides, evaluation, lecture }) {
  return element(
    "p",
    { class: "q-identite", "data-identite": true },
    element("span", {}, "Autoévaluation déclarative"),
    element("span", { "data-profil": true }, showProfil(evaluation.profil, q, aides)),
    lecture ? element("span", { "data-adresse": true }, "Dans ce bilan, « vous » désigne la structure qui a répondu.") : null,
  );
}

/** « Entreprise, 70 personnes, Industrie, Vienne », as far as it is known. */
function showProfil({ public: nom, effectif, secteur, zones = [] }, q, aides) {
  const libelles = aides?.libelles ?? {};
  // The zones go from the country to the commune, in any order: the most precise that has a name is the one to say.
  const lieu = ["TI-", "COM-", "EPCI-", "DEP-", "REG-"].flatMap((genre) => zones.filter((code) => code.startsWith(genre))).find((code) => libelles[code]);
  const morceaux = [q.publics.find(({ id }) => id === nom)?.libelle, showEffectif(effectif), libelles[secteur], libelles[lieu]].filter(Boolean);
  return morceaux.length ? `Pour : ${morceaux.join(", ")}` : "Profil non précisé";
}

function showEffectif(effectif) {
  if (effectif === null || effectif === undefined) return null;
  const { min, max } = typeof effectif === "object" ? effectif : { min: effectif, max: effectif };
  const personnes = (nombre) => `${nombre} personne${nombre > 1 ? "s" : ""}`;
  if (min === max) return personnes(min);
  if (max === null || max === undefined) return `${personnes(min)} ou plus`;
  return min ? `de ${min} à ${personnes(max)}` : `${personnes(max)} au plus`;
}

/** The levels as steps, the present one said in words. */
function renderNiveau({ niveau, niveau_titre: titre }, { niveaux }) {
  if (!niveau) return null;
  const rang = niveaux.findIndex(({ id }) => id === niveau);
  return [
    element("p", { class: "q-niveau", "data-niveau": niveau }, `Niveau « ${titre} »`),
    element(
      "ol",
      { class: "q-echelons", "aria-label": "Les niveaux" },
      niveaux.map((un, i) => element("li", { class: i <= rang ? "q-atteint" : null, "aria-current": i === rang ? "step" : null }, un.titre)),
    ),
  ];
}

/** What is left to answer, what was left aside, and the longer version. */
function renderReste({ global, parcours, ignorees }, { lecture }) {
  const court = parcours === "court";
  return [
    global.etat === "incomplet" ? element("p", { class: "q-nuance" }, "Un niveau s'affichera quand chaque question aura une réponse, ou sera « non concerné ». Ce qui est déjà dit compte tout de suite.") : null,
    court ? element("p", { class: "q-nuance", "data-court": true }, "C'est une première idée, sur quelques questions. La version complète reprend ces réponses et précise le résultat.") : null,
    court && !lecture ? element("p", { class: "q-actions" }, element("button", { type: "button", class: "bouton", "data-action": "complet" }, "Continuer avec la version complète")) : null,
    ignorees.length ? element("p", { class: "q-note", "data-ignorees": ignorees.length }, sayIgnored(ignorees)) : null,
  ];
}

function sayIgnored(ignorees) {
  const nombre = ignorees.length === 1 ? "1 réponse enregistrée n'est pas comptée" : `${ignorees.length} réponses enregistrées ne sont pas comptées`;
  return `${nombre} : question absente, modifiée depuis, ou qui ne se pose pas d'après votre profil et vos autres réponses. ${ignorees.length === 1 ? "Elle reste" : "Elles restent"} dans votre fichier.`;
}

function renderThemes(themes) {
  const rows = themes.map((theme, rang) =>
    element(
      "tr",
      { role: "row", "data-theme-bilan": theme.id },
      element("th", { role: "rowheader", scope: "row" }, `${rang + 1}. ${theme.titre}`),
      element("td", { role: "cell", class: "q-cellule-note" }, showNote(theme), drawBar(theme)),
      element("td", { role: "cell" }, theme.niveau ? element("strong", {}, `${theme.niveau_titre}. `) : null, sayTheme(theme)),
    ),
  );
  return element(
    "div",
    { class: "tableau" },
    // On a narrow screen the cells of a row stand in a grid: the roles say what the style would hide.
    element(
      "table",
      { class: "q-tableau", role: "table" },
      element("caption", {}, "Thème par thème"),
      element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, COLONNES.map((titre) => element("th", { role: "columnheader", scope: "col" }, titre)))),
      element("tbody", { role: "rowgroup" }, rows),
    ),
  );
}

/** The engine's sentence; a theme without any answer needs no sentence of its own, which would come back at each of them. */
const sayTheme = (theme) => [theme.etat === "incomplet" && !theme.repondues ? "Pas encore de réponse." : theme.message, theme.peu_significatif ? " Note peu significative." : null];

/** For paper only: what the screen shows further down, in a line each, and what these figures are worth. */
function renderPapier({ leviers, date, moteur, questionnaire }, { q }) {
  const premiers = leviers.slice(0, 3);
  return element(
    "div",
    { class: "q-imprime" },
    premiers.length
      ? [
          element("p", { class: "q-papier-titre" }, "Par où continuer"),
          element("ol", {}, premiers.map((levier) => element("li", {}, `${sayAction(levier)} `, element("strong", {}, `${levier.gain_global_affiche} sur l'ensemble`)))),
        ]
      : null,
    element(
      "p",
      { class: "q-provenance" },
      `D'où viennent ces chiffres : des seules réponses données, sans contrôle extérieur. Chaque réponse vaut un nombre de points publié avec le questionnaire « ${q.titre} » (version ${questionnaire.version}) ; la note d'un thème est la part des points obtenus, ramenée sur 5. Calcul du ${showDate(date)}, moteur ${moteur}. Ce document n'est ni un label, ni un audit.${q.adapte ? ` Ce questionnaire local part de « ${q.adapte.titre} » (version ${q.adapte.version}) et en change les points : ce résultat ne se compare pas au résultat national.` : ""}`,
    ),
  );
}
