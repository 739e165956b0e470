/**
 * The plan d'action of the bilan: actions picked from the leviers, each with a date, who leads it, where it stands and a note.
 *
 * The section renders itself again when an action comes or goes; a field that changes only rewrites the summary, so that nobody loses
 * their place while typing.
 */
import { toIcs } from "./calendrier.js";
import { element, space } from "./dom.js";
import { findQuestion, sayAction } from "./mesure.js";
import { renderAction } from "./plan-action.js";
import { renderPlanTable } from "./plan-tableau.js";
import { Suivi, isLate } from "./suivi.js";
import { toCsvPlan } from "./tableur.js";
import { TYPES, download, nameFile } from "./telechargements.js";

/**
 * @param {object} bilan
 * @param {object} contexte with `suivi` when other views add actions too
 * @returns {Element} the section
 */
export function renderPlan(bilan, contexte) {
  const suivi = contexte.suivi ?? new Suivi(contexte);
  const annonce = element("p", { class: "q-note", role: "status", "data-plan-annonce": true });
  const contenu = element("div", {});
  const vue = { bilan, contexte, suivi, annonce, resume: element("div", { class: "q-resume" }), table: element("div", { class: contexte.lecture ? null : "q-imprime" }), tour: 0 };
  const show = () => contenu.replaceChildren(...renderContent(vue, retire).filter(Boolean));

  /** Undo is offered where the action was, and takes the focus that its button has lost. */
  function retire(question) {
    const entree = suivi.get(question);
    suivi.set(question, null);
    const annuler = element("button", { type: "button", class: "q-lien", click: () => restore(question, entree) }, "Annuler");
    annonce.replaceChildren(space(`Action retirée : ${nameOf(question, contexte)} `), annuler);
    annuler.focus();
  }

  function restore(question, entree) {
    suivi.set(question, entree);
    annonce.textContent = space("Action remise dans votre plan.");
    contenu.querySelector(`[data-action-plan="${question}"] h4`)?.focus();
  }

  suivi.listen((raison, question) => {
    if (raison === "champ") return updateSummary(vue);
    annonce.textContent = suivi.get(question) ? space(`Action ajoutée à votre plan : ${nameOf(question, contexte)}`) : "";
    show();
  });
  show();
  return element(
    "section",
    { class: "suite q-plan-action", "aria-labelledby": "q-plan-action", "data-plan-action": true },
    element("h3", { id: "q-plan-action", tabindex: "-1" }, "Votre plan d'action"),
    annonce,
    contenu,
  );
}

function nameOf(question, { q }) {
  const trouvee = findQuestion(q, question);
  return trouvee ? sayAction(trouvee.question) : "une question qui n'existe plus";
}

function renderContent(vue, retire) {
  const { suivi, contexte } = vue;
  const entrees = suivi.list();
  if (contexte.lecture) return [updateSummary(vue), vue.table];
  const ajout = renderAdd(vue);
  if (!entrees.length) {
    return [element("p", { "data-plan-vide": true }, "Rien ici pour l'instant. Choisissez une ou deux actions parmi les pistes, « Ajouter à mon plan », puis donnez-leur une date et quelqu'un pour les porter. Peu d'actions menées valent mieux qu'une longue liste."), ajout];
  }
  return [
    updateSummary(vue),
    element("ol", { class: "q-actions-plan" }, entrees.map(([question, entree]) => renderAction(question, entree, { ...contexte, suivi, retire, bilan: vue.bilan }))),
    vue.table,
    ajout,
    renderExports(vue),
  ];
}

/** « 2 actions faites sur 5 », what is late, what the plan would bring together; and the table for paper. Abandoned actions do not count. */
function updateSummary(vue) {
  const { suivi, resume, table, contexte } = vue;
  const entrees = suivi.list();
  table.replaceChildren(renderPlanTable(entrees, contexte));
  const menees = entrees.filter(([, { statut }]) => statut !== "abandonne");
  const faites = menees.filter(([, { statut }]) => statut === "fait");
  const ouvertes = menees.filter(([, { statut }]) => statut !== "fait");
  const retards = menees.filter(([, entree]) => isLate(entree));
  const texte = `${faites.length} action${faites.length > 1 ? "s" : ""} faite${faites.length > 1 ? "s" : ""} sur ${menees.length}`;
  const ensemble = element("p", { class: "q-ensemble", "data-ensemble": true });
  resume.replaceChildren(
    element("p", { class: "q-progres" }, element("progress", { max: Math.max(1, menees.length), value: faites.length, "aria-label": "Avancement du plan" }), element("strong", { "data-plan-progres": true }, texte)),
    ...(retards.length ? [element("p", { class: "q-retard", "data-plan-retard": retards.length }, retards.length === 1 ? "Une échéance est passée : repoussez-la, ou notez où vous en êtes." : `${retards.length} échéances sont passées : repoussez-les, ou notez où vous en êtes.`)] : []),
    ensemble,
  );
  showTogether(vue, ensemble, ouvertes.map(([question]) => question), contexte);
  return resume;
}

/** Asked of the engine, since gains of different themes do not simply add up; a later change makes an earlier answer void. */
async function showTogether(vue, zone, questions, { recommander }) {
  const tour = ++vue.tour;
  if (!questions.length) return;
  const reco = await recommander(questions).catch(() => null);
  if (tour !== vue.tour || !reco?.ensemble) return;
  const { gain_global_affiche: gain, note } = reco.ensemble;
  zone.replaceChildren(space("Ensemble, les actions qui restent apporteraient "), element("strong", {}, gain), space(`, soit une note de ${note} / 5.`));
}

/** Any other question with a gain, theme by theme. */
function renderAdd({ bilan, contexte, suivi }) {
  const libres = bilan.leviers.filter(({ question }) => !suivi.get(question));
  if (!libres.length) return null;
  const groupes = contexte.q.themes
    .map(({ id, titre }) => [titre, libres.filter(({ theme }) => theme === id)])
    .filter(([, leviers]) => leviers.length)
    .map(([titre, leviers]) => element("optgroup", { label: titre }, leviers.map((levier) => element("option", { value: levier.question }, `${sayAction(levier)} (${levier.gain_affiche})`))));
  const choix = element("select", { id: "q-plan-choix" }, element("option", { value: "" }, "Choisir une action"), groupes);
  const add = () => {
    if (!choix.value) return choix.focus();
    const question = choix.value;
    suivi.add(question);
    document.querySelector(`[data-action-plan="${question}"] h4`)?.focus();
  };
  return element("p", { class: "q-plan-ajout" }, element("label", { for: "q-plan-choix" }, "Ajouter une autre action"), choix, element("button", { type: "button", class: "bouton bouton-second", "data-plan-ajouter": true, click: add }, "Ajouter"));
}

function renderExports({ annonce, contexte, suivi }) {
  const { evaluation, q } = contexte;
  const present = () => ({ ...evaluation, plan: Object.fromEntries(suivi.list()) });
  const csv = () => download(nameFile(evaluation, "csv", "plan"), TYPES.csv, toCsvPlan(present(), q));
  const ics = () => {
    const contenu = toIcs(present(), q, new Date());
    if (contenu) download(nameFile(evaluation, "ics", "plan"), TYPES.ics, contenu);
    else annonce.textContent = space("Donnez d'abord une échéance à une action à faire : c'est elle qui va dans l'agenda.");
  };
  return element(
    "p",
    { class: "q-actions" },
    element("button", { type: "button", class: "bouton bouton-second", "data-plan-csv": true, click: csv }, "Plan pour tableur (.csv)"),
    element("button", { type: "button", class: "bouton bouton-second", "data-plan-ics": true, click: ics }, "Échéances pour agenda (.ics)"),
  );
}
