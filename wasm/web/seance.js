/**
 * An evaluation is begun, taken up again, renewed, left: what links the start screen, the session and the form.
 */
import { createEvaluation, nameOf, renewEvaluation } from "./evaluation.js";
import { compareVersions, renderNewer } from "./migration.js";
import { Session } from "./session.js";
import { remove } from "./store.js";

const VIERGE = { profil: { public: null }, reponses: {} };

/** @param {object} page the parts of the page, see main.js */
export function makeSeance(page) {
  const { racine, ecran, form, accueil, appareil } = page;

  /** « Commencer »: a new evaluation, or the one that a file has just brought. */
  function begin() {
    const choix = accueil.read();
    if (!choix) return undefined;
    const { importee } = page;
    const evaluation = importee ?? createEvaluation(page.questionnaire, page.version);
    evaluation.profil = choix.profil;
    if (choix.parcours) evaluation.parcours = choix.parcours;
    // What was ticked on the paper grid before « Commencer » counts too.
    evaluation.reponses = { ...form.read(), ...evaluation.reponses };
    return leave(() => {
      open(evaluation, { garde: choix.garde });
      if (importee || Object.keys(evaluation.reponses).length) page.session.keep();
    });
  }

  /** From here on a session exists: show where to go on, and let the engine come. options: those of Session. */
  function open(evaluation, options) {
    enter(new Session(evaluation, { ...options, onTrouble: (code) => page.sayTrouble(code) }));
    showForm(form.nextTheme);
    ecran.showEngine("start");
    page.loadVue().catch(() => {}); // ahead of the bilan, which says it if it still lacks
    page.calcul.update();
  }

  /** Make `session` the one that the page shows. */
  function enter(session) {
    page.moteur.drop(); // what was asked for the former one comes too late
    page.session = session;
    page.recue = page.importee = null;
    ecran.clearAlert();
    ecran.clearReport();
    form.write(session.evaluation);
    showParcours();
    const { version } = session.evaluation.questionnaire;
    if (compareVersions(version, page.version) > 0) ecran.report(renderNewer(version, page.version));
  }

  /** Take up what is kept under `id`, as it is by now: this page or another tab may have written since it was listed. */
  function resume({ id }) {
    return leave(async () => {
      const record = (await appareil.records()).find((one) => one.id === id && one.evaluation);
      return record ? open(record.evaluation, { garde: true, id, rev: record.rev }) : showHome();
    });
  }

  /** « Refaire le point »: a new evaluation starts from these answers; the old one stays as it is. */
  function renew({ evaluation, garde = true }) {
    return leave(() => {
      open(renewEvaluation(evaluation), { garde });
      page.session.keep();
      ecran.announce(`Nouvelle évaluation, datée d'aujourd'hui. ${garde ? `« ${nameOf(evaluation)} » reste telle qu'elle était.` : ""}`);
    });
  }

  /** Do `suite`, unless it would lose what is neither saved nor in a file: the visitor then decides. */
  async function leave(suite) {
    await page.session?.settle();
    if (!page.session?.atRisk) return suite();
    ecran.alert("L'évaluation ouverte dans cette page n'est pas enregistrée. Emportez-la dans un fichier avant de continuer, ou laissez-la.", {
      "Télécharger mes réponses": () => {
        page.download();
        suite();
      },
      "Continuer sans la garder": suite,
    });
    return ecran.focusAlert();
  }

  /** The start screen; the evaluation under way stays open behind it. */
  async function showHome() {
    form.write(VIERGE);
    racine.querySelector("[data-en-cours]").hidden = !page.session;
    ecran.setMode("accueil", "#q-accueil");
    await page.session?.settle(); // the list tells the last answer too
    return appareil.show();
  }

  function showForm(theme) {
    ecran.setMode("themes");
    form.show(theme);
  }

  /** Back to the form, from any screen; theme: an id, else the one where the visitor was. */
  function goOn(theme) {
    form.write(page.session.evaluation);
    showForm(theme);
    page.calcul.update();
  }

  function openQuestion(id) {
    ecran.setMode("themes");
    form.showQuestion(id);
  }

  /** "court" | "complet": the answers stay, whichever shows. */
  function switchTo(parcours) {
    page.session.setParcours(parcours);
    showParcours();
    showForm(form.nextTheme);
    ecran.announce(parcours === "court" ? "Version courte. Vos autres réponses sont gardées." : "Version complète. Vos réponses sont gardées, voici les questions qui restent.");
    page.calcul.update();
  }

  function showParcours() {
    const { parcours = "complet" } = page.session.evaluation;
    racine.dataset.parcours = parcours;
    form.refresh();
    ecran.toggle("data-parcours-court", parcours === "court");
    ecran.toggle("data-parcours-complet", parcours === "complet");
  }

  /** Facts of the profile, from the dialogue or from the bilan. */
  function setProfil(patch) {
    page.session.setProfil(patch);
    form.write(page.session.evaluation);
    return ecran.mode === "bilan" ? page.refreshBilan() : page.calcul.update();
  }

  /** The evaluations that can be compared or taken away: those kept here, and the one under way when it is not. */
  async function collect() {
    const { session } = page;
    const records = (await appareil.records()).filter(({ evaluation }) => evaluation);
    if (!session) return records;
    return [{ id: session.id, rev: session.rev, evaluation: session.evaluation }, ...records.filter(({ id }) => id !== session.id)];
  }

  function answer(question, reponse) {
    page.session?.answer(question, reponse);
    if (page.session) page.calcul.plan();
  }

  /** Name an evaluation kept here; the one under way goes through its session, which would else take it for another tab. */
  async function rename(id, nom) {
    if (id !== page.session?.id) return appareil.rename(id, nom);
    page.session.rename(nom);
    return page.session.settle();
  }

  /** Delete an evaluation kept here, the one under way too. @throws {StoreError} nothing has then changed */
  async function drop(id) {
    const { session } = page;
    if (id !== session?.id) return remove(id);
    await stopDuring(session, () => remove(id));
    racine.querySelector("[data-en-cours]").hidden = true;
    return close();
  }

  /** Erase what a session writes: it stops first, or a write that came after would undo it, and goes on if the browser refuses. */
  async function stopDuring(session, erase) {
    const garde = session?.garde;
    await session?.stopSaving();
    try {
      await erase();
    } catch (erreur) {
      if (session) session.garde = garde;
      throw erreur;
    }
  }

  /** Close the session; its bilan goes with it. */
  function close() {
    page.moteur.stop();
    ecran.showEngine("off");
    page.session = page.importee = page.recue = null;
    racine.querySelector("[data-bilan-contenu]").replaceChildren();
    racine.querySelector("[data-partage]").replaceChildren();
    ecran.clearAlert();
    ecran.clearReport();
  }

  const note = (question, texte) => page.session?.setNote(question, texte);

  return { begin, enter, resume, renew, rename, drop, stopDuring, showHome, showForm, goOn, openQuestion, switchTo, setProfil, collect, answer, note, close };
}
