/**
 * The questionnaire page, wired: start screen → form → bilan, around one session and one engine.
 *
 * Nothing is fetched nor stored before « Commencer ». Answers are recorded at once and never wait for the engine.
 */
import { Ecran } from "./ecran.js";
import { checkEvaluation, createEvaluation, readFile } from "./evaluation.js";
import { Form } from "./form.js";
import { Moteur } from "./moteur.js";
import { renderResults } from "./results.js";
import { Session } from "./session.js";
import { StartScreen } from "./start.js";
import { erase, exists, read } from "./store.js";

const VIERGE = { profil: { public: null }, reponses: {} };
const REPIT = 150; // milliseconds without an answer before asking the engine

const racine = document.querySelector(".questionnaire");
const { questionnaire, version } = racine.dataset;
const ecran = new Ecran(racine);
const form = new Form(racine, recordAnswer);
const accueil = new StartScreen(racine, resume);
const moteur = new Moteur({
  donnees: new URL(racine.dataset.donnees, document.baseURI).href,
  base: new URL(racine.dataset.moteur, document.baseURI).href,
  onProgress: (recu, total) => ecran.showProgress(recu, total),
});
let session = null;
let importee = null; // an evaluation read from a file before « Commencer »
let minuteur;
let enPanne = false;

const ACTIONS = {
  commencer: begin,
  papier: () => {
    form.showAll();
    ecran.setMode("papier", "#q-methode");
  },
  retour: leavePaper,
  precedent: () => form.move(-1),
  suivant: () => form.move(1),
  bilan: showBilan,
  modifier: backToForm,
  telecharger: () => session.download(),
  imprimer: () => print(),
  effacer: () => racine.querySelector("[data-dialogue=effacer]").showModal(),
  annuler: () => racine.querySelector("[data-dialogue=effacer]").close(),
  "effacer-oui": eraseAll,
};

async function begin() {
  const choix = await accueil.read();
  if (!choix) return;
  if (choix.recommencer) await erase().catch(() => {});
  const evaluation = importee ?? createEvaluation(questionnaire, version);
  // The field holds one number: an interval that came in a file stays when the field is left blank.
  const intervalle = Number.isInteger(evaluation.profil.effectif) ? null : evaluation.profil.effectif;
  Object.assign(evaluation.profil, { public: choix.public, effectif: choix.effectif ?? intervalle });
  // What was ticked on the paper grid before « Commencer » counts too.
  evaluation.reponses = { ...form.read(), ...evaluation.reponses };
  open(evaluation, { garde: choix.garde });
}

function resume({ evaluation, rev }) {
  try {
    open(checkEvaluation(evaluation, questionnaire), { garde: true, rev });
  } catch (erreur) {
    ecran.alert(erreur.message);
  }
}

/** From here on a session exists: show where to go on, and let the engine come. */
function open(evaluation, options) {
  session = new Session(evaluation, { ...options, onTrouble: sayTrouble });
  form.write(evaluation);
  ecran.setMode("themes");
  form.show(form.nextTheme);
  ecran.showEngine("start");
  update();
}

function recordAnswer(question, reponse) {
  session?.answer(question, reponse);
  if (!session || enPanne) return;
  clearTimeout(minuteur);
  minuteur = setTimeout(update, REPIT);
}

/** Ask for the bilan of the answers so far; null when it fails (said on the page) or is overtaken. */
async function update() {
  clearTimeout(minuteur);
  try {
    const bilan = await moteur.evaluate(session.evaluation);
    enPanne = false;
    ecran.showEngine("ready");
    if (bilan && ecran.mode !== "papier") form.applyStates(bilan);
    if (bilan) ecran.showAdvance(bilan.global);
    return bilan;
  } catch (erreur) {
    if (erreur.code === "arret") return null;
    enPanne = true;
    ecran.showEngine("off");
    ecran.alert(`Le calcul n'est pas disponible. ${erreur.message}`, {
      Réessayer: retry,
      "Continuer sur papier": ACTIONS.papier,
    });
    return null;
  }
}

function retry() {
  ecran.clearAlert();
  ecran.showEngine("start");
  return ecran.mode === "papier" ? leavePaper() : update();
}

async function showBilan() {
  ecran.announce("Calcul en cours.");
  if (enPanne) {
    ecran.clearAlert();
    ecran.showEngine("start");
  }
  const bilan = await update();
  if (!bilan) return enPanne ? ecran.focusAlert() : undefined;
  const contexte = { q: moteur.q, evaluation: session.evaluation, racine: racine.dataset.racine, goTo: openQuestion };
  racine.querySelector("[data-bilan-contenu]").replaceChildren(...renderResults(bilan, contexte));
  ecran.setMode("bilan", "#q-bilan-titre");
  ecran.announce(`Votre bilan est prêt. ${bilan.global.message}`);
}

function backToForm() {
  ecran.setMode("themes");
  form.show();
}

/** The grid showed every question: hide again those that do not concern this visitor. */
function leavePaper() {
  if (!session) return ecran.setMode("accueil", "#q-accueil");
  form.write(session.evaluation);
  backToForm();
  return update();
}

function openQuestion(id) {
  ecran.setMode("themes");
  form.showQuestion(id);
}

async function importFile(input) {
  const [fichier] = input.files;
  input.value = "";
  if (!fichier) return;
  try {
    const lue = await readFile(fichier, questionnaire);
    const nombre = Object.keys(lue.reponses).length;
    if (session) {
      const avant = session.replace(lue);
      form.write(lue);
      ecran.alert(`Fichier repris : ${nombre} réponses.`, { "Revenir à mes réponses d'avant": () => undo(avant) });
      await showBilan();
    } else {
      importee = lue;
      accueil.write(lue);
      ecran.announce(`Fichier lu : ${nombre} réponse${nombre > 1 ? "s" : ""}. Vérifiez votre profil, puis appuyez sur « Commencer ».`);
    }
  } catch (erreur) {
    ecran.alert(erreur.message);
  }
}

async function undo(avant) {
  session.replace(avant);
  form.write(avant);
  ecran.clearAlert();
  await showBilan();
}

async function eraseAll() {
  ACTIONS.annuler();
  await session?.stopSaving(); // a write that came after the erasure would undo it
  try {
    if ((await exists()) !== false) await erase();
  } catch {
    return ecran.alert("Ce navigateur refuse d'effacer les réponses enregistrées. Vous pouvez le faire dans ses réglages, en effaçant les données de ce site.");
  }
  moteur.stop();
  ecran.showEngine("off");
  session = importee = null;
  form.write(VIERGE);
  racine.querySelector("[data-bilan-contenu]").replaceChildren();
  accueil.reset();
  ecran.clearAlert();
  ecran.setMode("accueil", "#q-accueil");
  ecran.announce("Vos réponses sont effacées.");
}

/** What a refused write means for the visitor, and the ways on. */
function sayTrouble(code) {
  const telecharger = { "Télécharger mes réponses": ACTIONS.telecharger };
  const garder = async () => {
    ecran.clearAlert();
    await session.overwrite().catch(() => sayTrouble("refus"));
  };
  if (code === "conflit") {
    ecran.alert("Cette évaluation a été modifiée dans un autre onglet. Lesquelles garder ?", { "Garder les réponses de cet onglet": garder, "Prendre celles de l'autre onglet": takeOther, ...telecharger });
  } else if (code === "efface") {
    ecran.alert("L'évaluation enregistrée a été effacée depuis un autre onglet. Vos réponses restent dans cette page, sans être enregistrées.", { "Enregistrer de nouveau": garder, ...telecharger });
  } else {
    session.stopSaving();
    ecran.alert("Ce navigateur refuse d'enregistrer vos réponses (navigation privée, ou plus de place). Elles restent dans cette page : emportez-les dans un fichier avant de la fermer.", telecharger);
  }
}

async function takeOther() {
  ecran.clearAlert();
  const record = await read(questionnaire).catch(() => null);
  if (record) resume(record);
}

racine.addEventListener("click", ({ target }) => ACTIONS[target.closest("[data-action]")?.dataset.action]?.());
for (const input of racine.querySelectorAll("[data-fichier]")) input.addEventListener("change", () => importFile(input));
addEventListener("beforeunload", (event) => {
  if (session?.atRisk) event.preventDefault();
});
addEventListener("pagehide", () => moteur.stop());

if (typeof WebAssembly === "object" && typeof Worker === "function") {
  form.write(VIERGE); // a browser may have put back what an earlier visit had ticked
  ecran.setMode("accueil");
  accueil.look();
}
