/**
 * Answers given to another version of the questionnaire: an older one is carried forward by the engine, a newer one is left as it is.
 *
 * Nothing is refused nor silently altered: what was carried and what was set aside is said, and stays in the file.
 */
import { element } from "./dom.js";

const RAISONS = {
  retiree: "cette question n'est plus posée",
  "option-retiree": "cette réponse n'est plus proposée",
  collision: "une autre réponse tient déjà sa place",
  inconnue: "cette question n'est pas de ce questionnaire",
};

/** -1, 0 or 1: versions « 2.10.0 », compared number by number. */
export function compareVersions(a, b) {
  const [gauche, droite] = [a, b].map((version) => version.split(".").map(Number));
  const rang = gauche.findIndex((nombre, i) => nombre !== droite[i]);
  return rang < 0 ? 0 : Math.sign(gauche[rang] - droite[rang]);
}

/**
 * The answer of `migrer` for the evaluation under way, in its latest state: what is typed while the engine works is carried too.
 * @param {import("./moteur.js").Moteur} moteur @param {() => object} current
 * @throws {EngineError}
 */
export async function carryForward(moteur, current) {
  for (;;) {
    const depart = JSON.stringify(current());
    const migree = await moteur.migrer(current());
    if (JSON.stringify(current()) === depart) return migree;
  }
}

/** What to tell of a migration from version `de`: nodes for the report. `q`: the compiled questionnaire. */
export function renderMigration({ evaluation, mises_de_cote: cote }, de, q) {
  const textes = new Map(q.themes.flatMap(({ questions }) => questions).map(({ id, texte }) => [id, texte]));
  const reprises = Object.keys(evaluation.reponses).length;
  return [
    element("p", {}, element("strong", {}, `Ces réponses viennent de la version ${de} du questionnaire, qui a changé depuis (version ${q.version}).`)),
    element("p", {}, `${reprises} réponse${reprises > 1 ? "s" : ""} reprise${reprises > 1 ? "s" : ""}${cote.length ? `, ${cote.length} mise${cote.length > 1 ? "s" : ""} de côté :` : ", aucune mise de côté."}`),
    cote.length ? element("ul", {}, cote.map(({ question, raison }) => element("li", {}, `${textes.get(question) ?? question} (${RAISONS[raison] ?? raison})`))) : "",
    cote.length ? element("p", {}, "Rien n'est perdu : ce qui est mis de côté ne compte pas, mais reste dans votre fichier.") : "",
  ];
}

/** What to tell of a file that is newer than this site. */
export function renderNewer(de, version) {
  return [
    element("p", {}, element("strong", {}, `Ces réponses viennent d'une version plus récente du questionnaire (${de}) que celle de ce site (${version}).`)),
    element("p", {}, "Elles sont ouvertes telles quelles, sans rien changer. Celles que cette page ne connaît pas ne comptent pas ici, mais restent dans votre fichier."),
  ];
}
