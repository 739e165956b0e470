/**
 * The screens of results: the bilan, of this visitor or shared by another, and the progression. Rendering is in results.js and its like.
 *
 * Loaded after « Commencer », with the engine: nobody needs it before.
 */
import { makeField } from "./champs.js";
import { nameOf, showDate } from "./evaluation.js";
import { space } from "./dom.js";
import { renderShare } from "./partage-vue.js";
import { renderProgression } from "./progression.js";
import { renderResults } from "./results.js";

/** What a view gets when the bilan is about to be rendered again. */
const OVERTAKEN = { leviers: [], ailleurs: [], manquants: [], ensemble: null };

/** @param {object} page the parts of the page, see main.js */
export function makeVueBilan(page) {
  const { racine, ecran, moteur } = page;
  const find = (nom) => racine.querySelector(`[data-${nom}]`);

  /** Compute, show, and complete with the aids when they come. */
  async function showBilan() {
    ecran.wait("Calcul en cours.");
    page.calcul.again();
    ecran.see("annonce"); // the engine may take long to come, and the button stands at the foot of the page
    const bilan = await page.calcul.update(page.showBilan);
    ecran.wait("");
    if (!bilan) return page.calcul.failed() ? ecran.focusAlert() : undefined;
    showFrame();
    render(bilan, null);
    ecran.setMode("bilan", "#q-bilan-titre");
    ecran.announce(`${page.recue ? "Le bilan est prêt." : "Votre bilan est prêt."} ${bilan.global.message}`);
    return showAids(bilan);
  }

  /** After a change that the visitor makes from the bilan itself: the focus is theirs, results.js keeps it. */
  async function refreshBilan() {
    const bilan = await page.calcul.update();
    if (!bilan) return;
    showFrame();
    await showAids(bilan);
  }

  async function showAids(bilan) {
    try {
      const reco = await moteur.recommander(page.evaluation);
      if (reco && ecran.mode === "bilan") render(bilan, reco);
    } catch (erreur) {
      if (erreur.code === "arret") return;
      if (ecran.mode === "bilan") render(bilan, null); // never the figures of former answers
      ecran.alert(`Les aides ne sont pas disponibles pour l'instant. ${erreur.message}`, { Réessayer: () => (ecran.clearAlert(), refreshBilan()) });
    }
  }

  function render(bilan, reco) {
    const contexte = makeContext();
    find("bilan-contenu").replaceChildren(...renderResults(bilan, reco, contexte));
    find("partage").replaceChildren(renderShare(bilan, contexte) ?? "");
  }

  /** What the views of the bilan may read and ask for. They never change the evaluation themselves. */
  function makeContext() {
    const { evaluation, session } = page;
    return {
      q: moteur.q,
      aides: moteur.aides,
      evaluation,
      racine: racine.dataset.racine,
      lecture: page.recue !== null,
      goTo: (question) => page.seance.openQuestion(question),
      setPlan: (question, entree) => session.setPlan(question, entree),
      setProfil: (patch) => page.seance.setProfil(patch),
      recommander: async (questions) => (await moteur.recommander(evaluation, questions)) ?? OVERTAKEN,
      makeField: (fait, onChange) => makeField(fait, { racine, profil: page.evaluation.profil }, onChange),
    };
  }

  /** What stands around the bilan: its title, and the actions of someone who may change it. */
  function showFrame() {
    const { recue, evaluation } = page;
    ecran.toggle("data-hors-lecture", !recue);
    ecran.toggle("data-en-lecture", recue !== null);
    racine.querySelector("#q-bilan-titre").textContent = space(recue ? "Bilan partagé" : evaluation.nom ? `Votre bilan : ${evaluation.nom}` : "Votre bilan");
    const parcours = evaluation.parcours === "court" ? "version courte" : "version complète";
    const quand = `${recue && evaluation.nom ? `${evaluation.nom}, évaluation` : "Évaluation"} du ${showDate(evaluation.date)}, ${parcours}.`;
    find("etat-bilan").textContent = space(recue ? `${quand} Reçue par un lien, en lecture seule : rien n'est enregistré.` : quand);
    return showSeveral();
  }

  /** Some actions are there only with several evaluations. */
  async function showSeveral() {
    ecran.toggle("data-si-plusieurs", (await page.seance.collect()).length > 1);
  }

  async function showProgression() {
    ecran.wait("Calcul en cours.");
    try {
      const records = await Promise.all((await page.seance.collect()).map(async (record) => ({ ...record, evaluation: (await moteur.migrer(record.evaluation)).evaluation })));
      const noeuds = await renderProgression({ records, q: moteur.q, comparer: (evaluations) => moteur.comparer(evaluations), ouvrir: openRecord, renommer: page.seance.rename, supprimer: page.seance.drop, retour: leaveProgression });
      find("progression-contenu").replaceChildren(...noeuds);
      ecran.wait("");
      ecran.setMode("progression", "#q-progression-titre");
    } catch (erreur) {
      ecran.alert(`La progression n'est pas disponible. ${erreur.message}`, { Réessayer: () => (ecran.clearAlert(), showProgression()) });
    }
  }

  async function openRecord(id) {
    if (id !== page.session?.id) await page.seance.resume({ id }); // unless what is open would be lost: the visitor is then asked
    if (page.session?.id === id) await showBilan();
  }

  const leaveProgression = () => (page.session ? showBilan() : page.seance.showHome());

  /** « Donner un nom à cette évaluation » */
  async function askName() {
    const nom = await page.askName(page.session.evaluation.nom ?? "");
    if (nom === null) return;
    page.session.rename(nom);
    await showFrame();
    ecran.announce(`Cette évaluation s'appelle maintenant « ${nameOf(page.session.evaluation)} ».`);
  }

  return { showBilan, refreshBilan, showProgression, askName };
}
