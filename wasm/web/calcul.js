/**
 * From the answers to the bilan so far, and what is said when the engine fails. Answers never wait for it.
 */
import { carryForward, compareVersions, renderMigration } from "./migration.js";

const REPIT = 150; // milliseconds without an answer before asking the engine

/** @param {object} page the parts of the page, see main.js */
export function makeCalcul(page) {
  const { ecran, form, moteur } = page;
  let minuteur;
  let enPanne = false;
  let reprise = null; // promise of the migration under way

  /** Ask for the bilan once the visitor pauses. After a failure, only on demand. */
  function plan() {
    clearTimeout(minuteur);
    if (!enPanne) minuteur = setTimeout(() => update(), REPIT);
  }

  /**
   * The bilan of the answers so far; null when it fails (said on the page) or is overtaken.
   * @param {() => unknown} [reprendre] what « Réessayer » does after a failure: what the visitor had asked for
   */
  async function update(reprendre = retry) {
    clearTimeout(minuteur);
    if (!page.evaluation) return null; // erased meanwhile
    try {
      await (reprise ??= migrate().finally(() => {
        reprise = null;
      }));
      if (!page.evaluation) return null;
      const bilan = await moteur.evaluate(page.evaluation);
      enPanne = false;
      ecran.showEngine("ready");
      moteur.loadAides().catch(() => {}); // ahead of the bilan, which says it if they still lack
      if (bilan && !page.recue) {
        if (ecran.mode !== "papier") form.applyStates(bilan);
        ecran.showAdvance(bilan.global);
      }
      return bilan;
    } catch (erreur) {
      return erreur.code === "arret" ? null : sayFailure(erreur, reprendre);
    }
  }

  /** Answers to an earlier version of the questions are carried to the present one, once, and it is said. */
  async function migrate() {
    const { version: de } = page.evaluation.questionnaire;
    if (compareVersions(de, page.version) >= 0) return;
    const { session, recue } = page;
    if (recue) {
      const { evaluation } = await moteur.migrer(recue);
      if (page.recue === recue) page.recue = evaluation;
      return;
    }
    const migree = await carryForward(moteur, () => session.evaluation);
    session.replace(migree.evaluation);
    if (session !== page.session) return;
    form.write(session.evaluation);
    ecran.report(renderMigration(migree, de, moteur.q), { "Télécharger mes réponses": () => page.download() });
  }

  function sayFailure(erreur, reprendre) {
    enPanne = true;
    ecran.showEngine("off");
    ecran.alert(`Le calcul n'est pas disponible. ${erreur.message}`, {
      Réessayer: reprendre,
      ...(page.recue ? {} : { "Continuer sur papier": () => page.showPaper() }),
    });
    return null;
  }

  function retry() {
    again();
    if (page.recue || ecran.mode === "bilan") return page.showBilan(); // what stands there may be of other answers
    return ecran.mode === "papier" ? page.leavePaper() : update();
  }

  /** Forget a failure: the next request starts the engine again. */
  function again() {
    if (!enPanne) return;
    ecran.clearAlert();
    ecran.showEngine("start");
  }

  return { plan, update, again, failed: () => enPanne };
}
