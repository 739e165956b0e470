/**
 * Files of answers: what is read, what is handed over. A file never takes the place of answers without a way back.
 */
import { sayAnswers } from "./evaluation.js";
import { readFile } from "./fichier.js";
import { Session } from "./session.js";
import { newId, remove, save } from "./store.js";
import { TYPES, download, nameFile } from "./telechargements.js";

/** @param {object} page the parts of the page, see main.js */
export function makeFichiers(page) {
  const { ecran, accueil, racine } = page;

  /** Hand the evaluation to the visitor as a file. */
  function give() {
    const { evaluation } = page.session;
    download(nameFile(evaluation, "json"), TYPES.json, write(evaluation));
    page.session.markSafe();
  }

  /** Every evaluation of this questionnaire, in one file. */
  async function giveAll() {
    const evaluations = (await page.seance.collect()).map(({ evaluation }) => evaluation);
    if (evaluations.length === 0) return;
    const [derniere] = evaluations;
    download(nameFile(derniere, "json", "toutes"), TYPES.json, write({ format: 1, evaluations }));
    page.session?.markSafe();
  }

  async function take(input) {
    const [fichier] = input.files;
    input.value = "";
    if (!fichier) return;
    try {
      const { evaluations, ailleurs } = await readFile(fichier, page.questionnaire);
      if (evaluations.length > 1) proposeSeveral(evaluations, ailleurs);
      else await takeOne(evaluations[0], ailleurs);
    } catch (erreur) {
      ecran.alert(erreur.message);
    }
  }

  /** Before « Commencer », the file fills the start screen; later it becomes the evaluation under way, and the former can come back. */
  async function takeOne(evaluation, ailleurs = 0) {
    if (!page.session || ecran.mode === "accueil") {
      page.importee = evaluation;
      accueil.write(evaluation);
      ecran.clearAlert();
      ecran.announce(`Fichier lu : ${sayAnswers(evaluation)}.${sayUnknown(evaluation)}${sayElsewhere(ailleurs)} Vérifiez votre profil, puis appuyez sur « Commencer ».`);
      return;
    }
    const avant = page.session;
    const session = new Session(evaluation, { garde: avant.garde, onTrouble: (code) => page.sayTrouble(code) });
    page.seance.enter(session);
    await session.keep();
    ecran.alert(`Fichier repris : ${sayAnswers(evaluation)}.${sayUnknown(evaluation)}${sayElsewhere(ailleurs)}`, {
      "Revenir à mes réponses d'avant": () => undo(avant, session),
    });
    await page.showBilan();
  }

  async function undo(avant, session) {
    await session.stopSaving();
    await remove(session.id).catch(() => {});
    page.seance.enter(avant);
    await page.showBilan();
  }

  function proposeSeveral(evaluations, ailleurs) {
    const recentes = [...evaluations].sort((a, b) => b.date.localeCompare(a.date));
    ecran.alert(`Ce fichier contient ${evaluations.length} évaluations de ce questionnaire.${sayElsewhere(ailleurs)}`, {
      "Les enregistrer sur cet appareil": () => keepAll(evaluations),
      "Ouvrir seulement la plus récente": () => takeOne(recentes[0]),
    });
    ecran.focusAlert();
  }

  /** Added to what is there; one that is already kept, word for word, is not doubled. */
  async function keepAll(evaluations) {
    const connues = new Set((await page.appareil.records()).map(({ evaluation }) => JSON.stringify(evaluation)));
    const nouvelles = evaluations.filter((evaluation) => !connues.has(JSON.stringify(evaluation)));
    try {
      for (const evaluation of nouvelles) await save({ id: newId(), questionnaire: page.questionnaire, evaluation }, 0);
    } catch {
      return ecran.alert("Ce navigateur refuse d'enregistrer (navigation privée, ou plus de place). Votre fichier reste intact : ouvrez une seule évaluation à la fois.");
    }
    ecran.clearAlert();
    await page.seance.showHome();
    const deja = evaluations.length - nouvelles.length;
    ecran.announce(`${nouvelles.length} évaluation${nouvelles.length > 1 ? "s enregistrées" : " enregistrée"}${deja ? `, ${deja} déjà là` : ""}.`);
    return racine.querySelector("[data-appareil] h3")?.focus();
  }

  /** Answers to questions that this page does not ask are kept, and told. */
  function sayUnknown({ reponses }) {
    const nombre = Object.keys(reponses).filter((id) => !racine.querySelector(`[data-question="${id}"]`)).length;
    if (nombre === 0) return "";
    return nombre === 1 ? " Une réponse concerne une question que cette page ne pose pas : elle reste dans votre fichier." : ` ${nombre} réponses concernent des questions que cette page ne pose pas : elles restent dans votre fichier.`;
  }

  return { give, giveAll, take };
}

/** What the file holds of other questionnaires is left in it. */
function sayElsewhere(nombre) {
  if (nombre === 0) return "";
  return nombre === 1 ? " Il contient aussi une évaluation d'un autre questionnaire, qui y reste." : ` Il contient aussi ${nombre} évaluations d'autres questionnaires, qui y restent.`;
}

const write = (contenu) => `${JSON.stringify(contenu, null, 1)}\n`;
