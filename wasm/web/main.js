/**
 * The questionnaire page, wired: start screen → form → bilan → progression, around one session and one engine.
 *
 * `page` holds the parts, which know each other through it; each stands in a module of its own. Nothing is fetched nor stored
 * before « Commencer ». Answers are recorded at once and never wait for the engine.
 */
import { makeFichiers } from "./actions-fichier.js";
import { Appareil } from "./appareil.js";
import { makeCalcul } from "./calcul.js";
import { Ecran } from "./ecran.js";
import { Form } from "./form.js";
import { Historique } from "./historique.js";
import { makeIncidents } from "./incidents.js";
import { makeLecture } from "./lecture.js";
import { Moteur } from "./moteur.js";
import { ProfilFields } from "./profil.js";
import { makeSeance } from "./seance.js";
import { StartScreen } from "./start.js";

const racine = document.querySelector(".questionnaire");
let historique = null; // from the moment scripts can act
const absolute = (adresse) => new URL(adresse, document.baseURI).href;

const page = {
  racine,
  questionnaire: racine.dataset.questionnaire,
  version: racine.dataset.version,
  session: null,
  importee: null, // an evaluation read from a file before « Commencer »
  recue: null, // an evaluation shared by a link, while it is read
  /** The one on the screen. */
  get evaluation() {
    return this.recue ?? this.session?.evaluation ?? null;
  },
  sayTrouble: (code) => page.incidents.sayTrouble(code),
  download: () => page.fichiers.give(),
  loadVue,
  showBilan: () => withVue((vue) => vue.showBilan()),
  refreshBilan: () => withVue((vue) => vue.refreshBilan()),
  showProgression: () => withVue((vue) => vue.showProgression()),
  showPaper,
  leavePaper,
  askName,
};
page.ecran = new Ecran(racine, () => page.ecran.mode !== "themes" && historique?.note({ mode: page.ecran.mode }));
page.form = new Form(racine, (question, reponse) => page.seance.answer(question, reponse), (question, texte) => page.seance.note(question, texte), (theme) => historique?.note({ mode: "themes", theme }));
page.accueil = new StartScreen(racine);
page.appareil = new Appareil(racine, {
  ouvrir: (record) => page.seance.resume(record),
  refaire: (record) => page.seance.renew(record),
  renommer: (id, nom) => page.seance.rename(id, nom),
  supprimer: (id) => page.seance.drop(id),
  progression: () => page.showProgression(),
  emporter: () => page.fichiers.giveAll(),
  askName,
});
page.moteur = new Moteur({
  donnees: absolute(racine.dataset.donnees),
  aides: absolute(racine.dataset.aides),
  base: absolute(racine.dataset.moteur),
  onProgress: (recu, total) => page.ecran.showProgress(recu, total),
});
page.calcul = makeCalcul(page);
page.seance = makeSeance(page);
page.fichiers = makeFichiers(page);
page.incidents = makeIncidents(page);
page.lecture = makeLecture(page);
const { ecran, form, seance, fichiers, incidents, lecture } = page;
const profil = new ProfilFields(racine, racine.querySelector("[data-profil-dialogue]"));

const ACTIONS = {
  commencer: seance.begin,
  papier: showPaper,
  retour: leavePaper,
  accueil: () => seance.showHome(),
  "en-cours": () => seance.goOn(),
  "lire-recu": lecture.open,
  "oublier-recu": lecture.close,
  precedent: () => form.move(-1),
  suivant: () => form.move(1),
  bilan: page.showBilan,
  modifier: () => seance.showForm(),
  court: () => seance.switchTo("court"),
  complet: () => seance.switchTo("complet"),
  refaire: () => seance.renew(page.session),
  progression: page.showProgression,
  renommer: () => withVue((vue) => vue.askName()),
  profil: askProfil,
  "profil-oui": setProfil,
  telecharger: fichiers.give,
  "tout-telecharger": fichiers.giveAll,
  imprimer: () => print(),
  effacer: () => ecran.openDialogue("effacer"),
  annuler: () => ecran.closeDialogue(),
  "effacer-une": incidents.eraseOne,
  "effacer-oui": incidents.eraseAll,
};

/** The screens of results, which come with the engine. Rejects when the network fails; may then be asked again. */
async function loadVue() {
  const { makeVueBilan } = await import("./vue-bilan.js");
  page.vue ??= makeVueBilan(page);
  return page.vue;
}

async function withVue(geste) {
  try {
    await loadVue();
  } catch {
    ecran.alert("Cet écran n'a pas pu être téléchargé. Vérifiez votre connexion, puis réessayez. Vos réponses sont intactes.", { Réessayer: () => (ecran.clearAlert(), withVue(geste)) });
    return ecran.focusAlert();
  }
  return geste(page.vue);
}

function showPaper() {
  if (page.session) form.write(page.session.evaluation); // the start screen had emptied it: what is ticked goes to this evaluation
  page.form.showAll();
  page.ecran.setMode("papier", "#q-methode");
}

/** The grid showed every question: hide again those that do not concern this visitor. */
function leavePaper() {
  if (!page.session) return ecran.setMode("accueil", "#q-accueil");
  form.write(page.session.evaluation);
  seance.showForm();
  return page.calcul.update();
}

/** « Back » or « forward »: a screen whose evaluation is closed leads to the start screen. */
function goBack({ mode, theme }) {
  if (page.recue) return mode === "bilan" ? page.showBilan() : lecture.look();
  if (mode === "papier") return showPaper();
  if (page.session && mode === "themes") return seance.goOn(theme);
  if (page.session && mode === "bilan") return page.showBilan();
  if (page.session && mode === "progression") return page.showProgression();
  if (mode !== "accueil") historique.forget();
  return seance.showHome();
}

function askProfil() {
  profil.show(page.session.evaluation.profil, true);
  ecran.openDialogue("profil");
}

async function setProfil() {
  const voulu = profil.read();
  if (!voulu) return;
  ecran.closeDialogue();
  // What the fields no longer hold is forgotten.
  const oublies = Object.fromEntries(Object.keys(page.session.evaluation.profil).map((fait) => [fait, null]));
  await seance.setProfil({ ...oublies, ...voulu });
  ecran.announce("Votre profil est enregistré.");
}

/** The name typed in the dialogue, empty to take it away; null when the visitor gave up. */
function askName(actuel) {
  const champ = racine.querySelector("#q-nom");
  champ.value = actuel;
  const dialogue = ecran.openDialogue("nom");
  champ.select();
  return new Promise((resolve) => {
    ACTIONS["nom-oui"] = () => {
      resolve(champ.value.trim());
      dialogue.close();
    };
    dialogue.addEventListener("close", () => resolve(null), { once: true });
  });
}

racine.addEventListener("click", ({ target }) => ACTIONS[target.closest("[data-action]")?.dataset.action]?.());
racine.querySelector("#q-nom").addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  event.preventDefault(); // or the button that gets the focus back would be pressed
  ACTIONS["nom-oui"]();
});
for (const input of racine.querySelectorAll("[data-fichier]")) input.addEventListener("change", () => fichiers.take(input));
addEventListener("beforeunload", (event) => {
  if (page.session?.atRisk) event.preventDefault();
});
addEventListener("pagehide", () => page.moteur.stop());
addEventListener("hashchange", () => lecture.look());

if (typeof WebAssembly === "object" && typeof Worker === "function") {
  racine.querySelector("[data-papiers]")?.removeAttribute("open"); // unfolded only where nothing could unfold it
  form.write({ profil: { public: null }, reponses: {} }); // a browser may have put back what an earlier visit had ticked
  historique = new Historique(goBack);
  ecran.setMode("accueil");
  page.appareil.show();
  lecture.look();
}
