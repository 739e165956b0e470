/**
 * « Vos évaluations sur cet appareil »: what this browser keeps for this questionnaire, to take up again, rename or delete.
 *
 * Looking creates nothing: a browser that holds no evaluation is not written to.
 */
import { element } from "./dom.js";
import { isOld, nameOf, sayAnswers, showDate } from "./evaluation.js";
import { checkEvaluation } from "./fichier.js";
import { list, read, save } from "./store.js";

export class Appareil {
  /**
   * @param {HTMLElement} racine the .questionnaire element
   * @param {{ouvrir: (record: object) => void, refaire: (record: object) => void, renommer: (id: string, nom: string) => Promise<void>,
   *   supprimer: (id: string) => Promise<void>, progression: () => void, emporter: () => void,
   *   askName: (nom: string) => Promise<string|null>}} gestes what the visitor may ask for
   */
  constructor(racine, gestes) {
    this.racine = racine;
    this.zone = racine.querySelector("[data-appareil]");
    this.gestes = gestes;
  }

  /** The records that can be read, the latest first; none when the browser refuses: the session says so if it matters. */
  async records() {
    const tous = await list(this.racine.dataset.questionnaire).catch(() => []);
    return tous.map((record) => this.#open(record)).sort((a, b) => String(b.evaluation?.date).localeCompare(String(a.evaluation?.date)));
  }

  /** Show the list; hide it when there is nothing. `focus`: it takes the focus, after one of its lines has gone. */
  async show(focus = false) {
    const records = await this.records();
    this.zone.hidden = records.length === 0;
    if (records.length === 0) this.zone.replaceChildren();
    else this.zone.replaceChildren(...this.#render(records));
    if (focus) (this.zone.querySelector("h3") ?? this.racine.querySelector("#q-accueil")).focus();
  }

  /** @throws {StoreError} */
  async rename(id, nom) {
    const record = await read(id);
    if (!record) return;
    const { nom: ancien, ...reste } = record.evaluation;
    await save({ ...record, evaluation: nom ? { ...reste, nom } : reste }, record.rev);
  }

  /** Another program may have written there: what is spoilt can only be deleted. */
  #open(record) {
    try {
      return { ...record, evaluation: checkEvaluation(record.evaluation, this.racine.dataset.questionnaire) };
    } catch (erreur) {
      return { ...record, evaluation: null, raison: erreur.raison ?? erreur.message };
    }
  }

  #render(records) {
    const lisibles = records.filter(({ evaluation }) => evaluation);
    const titre = records.length > 1 ? "Vos évaluations sur cet appareil" : "Votre évaluation sur cet appareil";
    return [
      element("h3", { tabindex: "-1" }, titre),
      element("ul", { class: "q-evaluations" }, records.map((record) => this.#renderRecord(record))),
      lisibles.length > 1
        ? element("p", { class: "q-actions" }, button("Voir ma progression", () => this.gestes.progression(), true), button("Emporter toutes mes évaluations", () => this.gestes.emporter(), true))
        : "",
      element("p", { class: "q-note" }, `Ou commencez-en une nouvelle ci-dessous : ${records.length > 1 ? "celles-ci restent" : "celle-ci reste"}.`),
    ];
  }

  #renderRecord(record) {
    const { id, evaluation } = record;
    const ligne = element("li", { "data-evaluation": id });
    const actions = element("p", { class: "q-actions" });
    if (!evaluation) {
      ligne.append(element("p", {}, `Une évaluation enregistrée ne peut pas être relue : ${record.raison}.`), actions);
      actions.append(link("Supprimer", () => this.#confirm(ligne, record, "cette évaluation illisible")));
      return ligne;
    }
    const nom = nameOf(evaluation);
    const named = (verbe) => [verbe, element("span", { class: "lu" }, ` : ${nom}`)];
    actions.append(
      button(named("Reprendre"), () => (isOld(evaluation) ? this.#askHow(ligne, record) : this.gestes.ouvrir(record)), false),
      link(named("Renommer"), () => this.#rename(record)),
      link(named("Supprimer"), () => this.#confirm(ligne, record, `« ${nom} »`)),
    );
    const faits = [evaluation.nom ? showDate(evaluation.date) : null, evaluation.parcours === "court" ? "version courte" : "version complète", sayAnswers(evaluation)];
    ligne.append(element("p", {}, element("strong", {}, nom), element("span", { class: "q-note" }, faits.filter(Boolean).join(" · "))), actions);
    return ligne;
  }

  /** Answers of some time ago: going on would date them of today. */
  #askHow(ligne, record) {
    const { date } = record.evaluation;
    ask(
      ligne,
      `Ces réponses datent du ${showDate(date)}. Vous pouvez refaire le point : une nouvelle évaluation, datée d'aujourd'hui, part de ces réponses et l'ancienne reste. Vous verrez ainsi le chemin parcouru. Vous pouvez aussi continuer celle-ci.`,
      [button("Refaire le point", () => this.gestes.refaire(record)), button("Continuer celle-ci", () => this.gestes.ouvrir(record), true)],
    );
  }

  #confirm(ligne, { id }, quoi) {
    const avant = [...ligne.childNodes];
    const keep = () => {
      ligne.replaceChildren(...avant);
      ligne.querySelector("button:last-of-type").focus();
    };
    const drop = async () => {
      await this.gestes.supprimer(id).then(() => this.show(true), () => ask(ligne, "Ce navigateur refuse de la supprimer. Rien n'a été modifié.", [button("Fermer", keep, true)]));
    };
    ask(ligne, `Supprimer ${quoi} de cet appareil ? Cela ne peut pas être annulé.`, [button("La garder", keep), button("Supprimer", drop, true)]);
  }

  async #rename({ id, evaluation }) {
    const nom = await this.gestes.askName(evaluation.nom ?? "");
    if (nom === null) return;
    await this.gestes.renommer(id, nom).catch(() => {}); // the list shows what is kept
    await this.show();
    this.zone.querySelectorAll(`[data-evaluation="${id}"] button`)[1]?.focus();
  }
}

const button = (enfants, click, second = false) => element("button", { type: "button", class: second ? "bouton bouton-second" : "bouton", click }, enfants);
const link = (enfants, click) => element("button", { type: "button", class: "q-lien", click }, enfants);

/** A question in place of a line, which takes the focus. */
function ask(ligne, texte, boutons) {
  const question = element("p", { tabindex: "-1" }, texte);
  ligne.replaceChildren(question, element("p", { class: "q-actions" }, boutons));
  question.focus();
}
