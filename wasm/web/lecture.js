/**
 * A bilan received by a link: told before anything is fetched, opened on demand, read only, never saved.
 */
import { nameOf, sayAnswers, showDate } from "./evaluation.js";
import { space } from "./dom.js";
import { checkEvaluation } from "./fichier.js";
import { decodeShare, readShare } from "./partage.js";

/** @param {object} page the parts of the page, see main.js */
export function makeLecture(page) {
  const { racine, ecran } = page;
  let evaluation = null;

  /** Look at the address: a share link takes the start screen, until it is opened or put away. */
  async function look() {
    const fragment = readShare(location.hash);
    if (!fragment) return false;
    try {
      evaluation = checkEvaluation(await decodeShare(fragment), page.questionnaire);
    } catch (erreur) {
      forget();
      ecran.alert(erreur.raison ? `Ce lien de partage ne peut pas être lu : ${erreur.raison}.` : erreur.message);
      ecran.focusAlert(); // the start screen alone would say nothing of the link
      return false;
    }
    ecran.clearAlert();
    racine.querySelector("[data-recu-texte]").textContent = space(describe(evaluation));
    show(true);
    ecran.setMode("accueil", "#q-recu");
    return true;
  }

  function describe({ nom, date, parcours, profil, reponses }) {
    const avec = profil.public || profil.effectif !== null || profil.zones.length ? "avec le profil de la structure" : "sans le profil de la structure";
    return `${nom ? `${nameOf({ nom, date })} : une` : "Une"} évaluation du ${showDate(date)}, en version ${parcours === "court" ? "courte" : "complète"}, ${sayAnswers({ reponses })}, ${avec}.`;
  }

  function open() {
    page.recue = evaluation;
    return page.showBilan();
  }

  /** Put the link away: one's own start screen. */
  function close() {
    page.moteur.drop();
    page.recue = null;
    forget();
    return page.seance.showHome();
  }

  function forget() {
    evaluation = null;
    show(false);
    history.replaceState(history.state, "", location.pathname + location.search);
  }

  function show(recu) {
    racine.querySelector("[data-recu]").hidden = !recu;
    racine.querySelector("[data-depart]").hidden = recu;
  }

  return { look, open, close };
}
