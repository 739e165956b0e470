/**
 * What a refused write means for the visitor, and the ways on; erasing, on demand. No answer is lost silently.
 */
import { checkEvaluation } from "./fichier.js";
import { erase, exists, read } from "./store.js";

/** @param {object} page the parts of the page, see main.js */
export function makeIncidents(page) {
  const { ecran, accueil } = page;

  /** @param {"conflit"|"efface"|"refus"} code of a StoreError */
  function sayTrouble(code) {
    const telecharger = { "Télécharger mes réponses": () => page.download() };
    if (code === "conflit") {
      ecran.alert("Cette évaluation a été modifiée dans un autre onglet. Lesquelles garder ?", { "Garder les réponses de cet onglet": keepMine, "Prendre celles de l'autre onglet": takeOther, ...telecharger });
    } else if (code === "efface") {
      ecran.alert("L'évaluation enregistrée a été effacée depuis un autre onglet. Vos réponses restent dans cette page, sans être enregistrées.", { "Enregistrer de nouveau": keepMine, ...telecharger });
    } else {
      page.session.stopSaving();
      ecran.alert("Ce navigateur refuse d'enregistrer vos réponses (navigation privée, ou plus de place). Elles restent dans cette page : emportez-les dans un fichier avant de la fermer.", telecharger);
    }
    ecran.see("alerte"); // saving has stopped, whether the page stands far below or not
  }

  async function keepMine() {
    ecran.clearAlert();
    await page.session.overwrite().catch(() => sayTrouble("refus"));
  }

  async function takeOther() {
    ecran.clearAlert();
    try {
      const record = await read(page.session.id);
      checkEvaluation(record?.evaluation, page.questionnaire);
      page.session.markSafe(); // the visitor has just chosen the other ones
      await page.seance.resume(record);
    } catch {
      ecran.alert("Les réponses de l'autre onglet ne peuvent plus être relues. Celles de cet onglet sont intactes.", { "Garder les réponses de cet onglet": keepMine });
    }
  }

  /** Everything that this site keeps in this browser. */
  async function eraseAll() {
    ecran.closeDialogue();
    try {
      await page.seance.stopDuring(page.session, async () => (await exists()) !== false && erase());
    } catch {
      return ecran.alert("Ce navigateur refuse d'effacer les réponses enregistrées. Vous pouvez le faire dans ses réglages, en effaçant les données de ce site.");
    }
    return leave("Vos réponses sont effacées.");
  }

  /** The evaluation under way only. */
  async function eraseOne() {
    ecran.closeDialogue();
    try {
      await page.seance.drop(page.session.id);
    } catch {
      return ecran.alert("Ce navigateur refuse d'effacer cette évaluation. Vous pouvez le faire dans ses réglages, en effaçant les données de ce site.");
    }
    return leave("Cette évaluation est effacée, les autres restent.");
  }

  async function leave(phrase) {
    page.seance.close();
    page.racine.querySelector("[data-progression-contenu]").replaceChildren();
    accueil.reset();
    await page.seance.showHome();
    ecran.announce(phrase);
  }

  return { sayTrouble, eraseAll, eraseOne };
}
