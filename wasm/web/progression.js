/**
 * « Ma progression »: the evaluations kept here for one questionnaire, which ones to compare, and what the engine says of them.
 *
 * It keeps nothing: opening, renaming and deleting are asked of the page, comparing of the engine.
 */
import { renderComparaison } from "./comparaison.js";
import { element } from "./dom.js";
import { nameOf, sayAnswers, showDate } from "./evaluation.js";

const MIN = 2;
const MAX = 24; // what `comparer` takes
const NOM_MAX = 120; // as in fichier.js

/**
 * @param {object} options
 * @param {{id: string, evaluation: object}[]} options.records of this questionnaire, latest first, already migrated to its present version
 * @param {object} options.q the compiled questionnaire
 * @param {(evaluations: object[]) => Promise<object>} options.comparer the engine's answer, oldest first
 * @param {(id: string) => void} options.ouvrir
 * @param {(id: string, nom: string) => Promise<void>} options.renommer an empty name goes back to the date
 * @param {(id: string) => Promise<void>} options.supprimer
 * @param {() => void} options.retour
 * @returns {Promise<Node[]>} once the first comparison stands; afterwards the nodes keep themselves up to date
 */
export async function renderProgression({ records, q, comparer, ouvrir, renommer, supprimer, retour }) {
  // They come latest first: those of one same day keep their order, the one under way last.
  let connus = [...records].reverse().sort((a, b) => a.evaluation.date.localeCompare(b.evaluation.date));
  const cochees = new Set(connus.slice(-MAX).map(({ id }) => id));
  const liste = element("div", { class: "s-liste" });
  const etat = element("p", { class: "q-annonce", role: "status" });
  const resultat = element("div", { class: "s-resultat", "data-comparaison": true });
  let tour = 0;

  function showList(cible) {
    const plusieurs = connus.length >= MIN;
    const items = connus.map((record) => renderRecord(record));
    liste.replaceChildren(
      element("h3", { tabindex: -1 }, "Vos évaluations"),
      connus.length ? element("ul", { class: "s-evaluations" }, items) : element("p", {}, "Aucune évaluation n'est enregistrée sur cet appareil pour ce questionnaire."),
      plusieurs ? element("p", { class: "q-note" }, `Cochez celles à comparer, de ${MIN} à ${MAX}.`) : "",
    );
    if (cible) (liste.querySelector(cible) ?? liste.querySelector("h3")).focus();
  }

  function renderRecord({ id, evaluation }) {
    const nom = nameOf(evaluation);
    const faits = element("span", {}, nom, element("small", {}, sayFacts(evaluation, q)));
    const tick = ({ currentTarget }) => {
      if (currentTarget.checked) cochees.add(id);
      else cochees.delete(id);
      showComparison();
    };
    const actions = element("p", { class: "s-actions" }, action("Ouvrir", nom, () => ouvrir(id)), action("Renommer", nom, () => rename()), action("Supprimer", nom, () => askRemoval(id, nom)));
    const rename = () => {
      const formulaire = renderRename(evaluation, (texte) => change(id, () => renommer(id, texte), { ...evaluation, nom: texte || undefined }), () => showList(`[data-evaluation="${CSS.escape(id)}"] [data-geste=Renommer]`));
      actions.replaceWith(formulaire);
      formulaire.querySelector("input").select();
    };
    return element(
      "li",
      { "data-evaluation": id },
      connus.length >= MIN
        ? element("label", { class: "q-option" }, element("input", { type: "checkbox", checked: cochees.has(id), change: tick }), faits)
        : element("p", { class: "s-seule" }, faits),
      actions,
    );
  }

  /** Ask for a change, then show it; a refusal is said and nothing moves. `evaluation` null: it is gone. */
  async function change(id, ask, evaluation) {
    try {
      await ask();
    } catch {
      etat.textContent = "Ce navigateur a refusé ce changement. Rien n'a été modifié.";
      return;
    }
    connus = connus.flatMap((record) => (record.id !== id ? [record] : evaluation ? [{ ...record, evaluation }] : []));
    if (!evaluation) cochees.delete(id);
    showList(evaluation ? `[data-evaluation="${CSS.escape(id)}"] [data-geste=Renommer]` : "h3");
    await showComparison();
    etat.textContent = evaluation ? "Nom enregistré." : "Évaluation supprimée.";
  }

  function askRemoval(id, nom) {
    const retourner = liste.querySelector(`[data-evaluation="${CSS.escape(id)}"] [data-geste=Supprimer]`);
    let oui = false;
    const close = () => {
      dialogue.remove();
      if (!oui) return retourner.focus();
      return change(id, () => supprimer(id), null);
    };
    const dialogue = element(
      "dialog",
      { class: "s-dialogue", "aria-labelledby": "s-supprimer-titre", close },
      element("h2", { id: "s-supprimer-titre" }, `Supprimer « ${nom} » ?`),
      element("p", {}, "Cette évaluation disparaît de cet appareil. Cela ne peut pas être annulé."),
      element(
        "p",
        { class: "q-actions" },
        element("button", { type: "button", class: "bouton", click: () => dialogue.close() }, "La garder"),
        element("button", { type: "button", class: "bouton bouton-second", click: () => ((oui = true), dialogue.close()) }, "Supprimer"),
      ),
    );
    liste.append(dialogue);
    dialogue.showModal();
  }

  async function showComparison() {
    const rang = ++tour;
    const choisies = connus.filter(({ id }) => cochees.has(id)).map(({ evaluation }) => evaluation);
    if (choisies.length < MIN || choisies.length > MAX) {
      etat.textContent = "";
      return resultat.replaceChildren(element("p", { class: "note" }, sayNumber(connus.length, choisies.length)));
    }
    try {
      const comparaison = await comparer(choisies);
      if (rang !== tour) return undefined;
      etat.textContent = `${choisies.length} évaluations comparées.`;
      return resultat.replaceChildren(...renderComparaison(comparaison, choisies, q));
    } catch (erreur) {
      if (rang !== tour) return undefined;
      const encore = element("button", { type: "button", class: "bouton bouton-second", click: showComparison }, "Réessayer");
      return resultat.replaceChildren(element("p", { class: "note note-attention" }, `La comparaison n'est pas disponible. ${erreur.message}`), element("p", { class: "q-actions" }, encore));
    }
  }

  showList();
  await showComparison();
  return [liste, etat, resultat, element("p", { class: "q-actions" }, element("button", { type: "button", class: "bouton bouton-second", click: () => retour() }, "Revenir"))];
}

function sayFacts(evaluation, q) {
  const { nom, date, parcours, questionnaire, mises_de_cote: cote = [] } = evaluation;
  return [
    nom ? showDate(date) : null,
    parcours === "court" ? "version courte" : "version complète",
    sayAnswers(evaluation),
    cote.length ? `${cote.length} ${cote.length > 1 ? "mises" : "mise"} de côté, leur question a changé` : null,
    questionnaire.version === q.version ? null : "faite avec une autre version du questionnaire",
  ].filter(Boolean).join(" · ");
}

function sayNumber(connues, choisies) {
  if (choisies > MAX) return `${choisies} évaluations cochées : ${MAX} au plus se comparent ensemble.`;
  if (connues >= MIN) return "Cochez au moins deux évaluations pour les comparer.";
  return "Il faut deux évaluations pour voir le chemin parcouru. Faites-en une nouvelle dans quelques mois, ou reprenez un ancien fichier de réponses : elles s'afficheront ensemble ici.";
}

const action = (geste, nom, click) => element("button", { type: "button", class: "q-lien", "data-geste": geste, click }, geste, element("span", { class: "lu" }, ` : ${nom}`));

function renderRename({ nom, date }, keep, cancel) {
  const champ = element("input", { type: "text", maxlength: NOM_MAX, value: nom ?? "", placeholder: `Évaluation du ${showDate(date)}`, autocomplete: "off" });
  const submit = (event) => {
    event.preventDefault();
    return keep(champ.value.trim());
  };
  return element(
    "form",
    { class: "s-renommer", submit, keydown: ({ key }) => key === "Escape" && cancel() },
    element("label", {}, "Nom de cette évaluation", champ),
    element("p", { class: "s-actions" }, element("button", { class: "bouton" }, "Enregistrer le nom"), element("button", { type: "button", class: "q-lien", click: cancel }, "Annuler")),
  );
}
