/**
 * The fields of the profile: clones what the page was given for each fact, shows the value, reports what the visitor says.
 *
 * Used by the start screen, by « Modifier mon profil » and beside the aids that lack a fact. Nothing is stored or sent from here.
 */
import { bindLieu, bindTerritoire } from "./champ-lieu.js";

let nombreDeChamps = 0;

const LIAISONS = {
  public: bindPublic,
  effectif: bindEffectif,
  secteur: bindSecteur,
  zones: bindLieu,
  territoire_industrie: bindTerritoire,
  bilan_ges: bindBilan,
  projet_demarre: bindProjet,
};

/**
 * The field of one fact.
 * @param {string} fait "public", "effectif", "secteur", "zones", "territoire_industrie", "bilan_ges", "projet_demarre" or "quantites.<id>"
 * @param {{racine: HTMLElement, profil: object}} page the .questionnaire element, the profile whose value is shown
 * @param {(patch: object) => void} onChange told `{effectif: 12}`, `{zones: [...]}`, `{quantites: {age: "3"}}`…; null: not told any more
 * @returns {Element|null} null for a fact that this page does not know how to ask for
 */
export function makeField(fait, { racine, profil }, onChange) {
  const modele = racine.querySelector(`template[data-fait="${fait}"]`);
  if (!modele) return null;
  const champ = modele.content.firstElementChild.cloneNode(true);
  champ.dataset.champ = fait;
  makeUnique(champ, `-${++nombreDeChamps}`);
  const lier = fait.startsWith("quantites.") ? bindQuantite(fait.slice("quantites.".length)) : LIAISONS[fait];
  lier(champ, { racine, profil, onChange });
  return champ;
}

/** Ids, names and the references to them get a suffix, so that one fact may be asked for in two places. */
function makeUnique(champ, suffixe) {
  for (const noeud of [champ, ...champ.querySelectorAll("*")]) {
    for (const attribut of ["id", "name", "for", "aria-describedby", "aria-labelledby"]) {
      if (!noeud.hasAttribute(attribut)) continue;
      noeud.setAttribute(attribut, noeud.getAttribute(attribut).split(" ").map((mot) => mot + suffixe).join(" "));
    }
  }
}

/** Tell a wrong value beside its input, and tie both. */
export function flag(champ, input, faux) {
  const erreur = champ.querySelector(".q-erreur");
  erreur.hidden = !faux;
  if (input.type !== "radio") input.setAttribute("aria-invalid", String(faux));
  const autres = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== erreur.id);
  input.setAttribute("aria-describedby", [...(faux ? [erreur.id] : []), ...autres].join(" "));
}

const choices = (champ) => [...champ.querySelectorAll("input[type=radio]")];

function bindPublic(champ, { profil, onChange }) {
  for (const radio of choices(champ)) {
    radio.checked = profil.public !== null && profil.public !== undefined && radio.value === profil.public;
    radio.addEventListener("change", () => {
      for (const autre of choices(champ)) flag(champ, autre, false);
      onChange({ public: radio.value || null });
    });
  }
}

/** Bands and an exact number: `data-min` and `data-max` on a radio say its band, the « exact » one opens the number. */
function bindEffectif(champ, { profil, onChange }) {
  const { effectif = null } = profil;
  const nombre = champ.querySelector("input[type=number]");
  const zone = champ.querySelector("[data-exact]");
  const read = (radio) => {
    if (radio.value === "exact") return nombre.value === "" || !nombre.checkValidity() ? null : Number(nombre.value);
    const { min, max } = radio.dataset;
    if (min === undefined) return null;
    return min === max ? Number(min) : { min: Number(min), max: max === undefined ? null : Number(max) };
  };
  const report = (radio) => {
    zone.hidden = radio.value !== "exact";
    flag(champ, nombre, radio.value === "exact" && !nombre.checkValidity());
    onChange({ effectif: read(radio) });
  };
  const exact = choices(champ).find(({ value }) => value === "exact");
  const same = (radio) => JSON.stringify(read(radio)) === JSON.stringify(effectif);
  const connu = effectif === null ? null : (choices(champ).find((radio) => radio !== exact && same(radio)) ?? (Number.isInteger(effectif) ? exact : null));
  if (connu) connu.checked = true;
  if (connu === exact && exact) nombre.value = effectif;
  zone.hidden = connu !== exact || !exact;
  for (const radio of choices(champ)) radio.addEventListener("change", () => report(radio));
  // As it is typed: an error that came on leaving the field would move what is about to be pressed.
  nombre.addEventListener("input", () => report(exact));
}

function bindSecteur(champ, { profil, onChange }) {
  const select = champ.querySelector("select");
  select.value = profil.secteur ?? "";
  select.addEventListener("change", () => onChange({ secteur: select.value || null }));
}

/** A day, « aucun », or not known. */
function bindBilan(champ, { profil, onChange }) {
  const { bilan_ges: connu = null } = profil;
  const jour = champ.querySelector("input[type=date]");
  const zone = champ.querySelector("[data-exact]");
  const report = (radio) => {
    zone.hidden = radio.value !== "date";
    flag(champ, jour, radio.value === "date" && (jour.validity.badInput || !jour.checkValidity()));
    onChange({ bilan_ges: radio.value === "date" ? (jour.checkValidity() && jour.value) || null : radio.value || null });
  };
  for (const radio of choices(champ)) {
    radio.checked = connu === null ? false : radio.value === (connu === "aucun" ? "aucun" : "date");
    radio.addEventListener("change", () => report(radio));
  }
  zone.hidden = connu === null || connu === "aucun";
  if (!zone.hidden) jour.value = connu;
  jour.addEventListener("input", () => report(choices(champ).find(({ value }) => value === "date")));
}

function bindProjet(champ, { profil, onChange }) {
  const valeurs = { oui: true, non: false, "": null };
  for (const radio of choices(champ)) {
    radio.checked = profil.projet_demarre !== undefined && profil.projet_demarre !== null && valeurs[radio.value] === profil.projet_demarre;
    radio.addEventListener("change", () => onChange({ projet_demarre: valeurs[radio.value] }));
  }
}

/** A number and its unit; an interval that came in a file stays until a number replaces it. */
function bindQuantite(id) {
  return (champ, { profil, onChange }) => {
    const input = champ.querySelector("input");
    const connue = profil.quantites?.[id];
    if (typeof connue === "string") input.value = connue;
    input.addEventListener("input", () => {
      const lisible = input.checkValidity() && /^(\d{1,12}(\.\d{1,12})?)?$/.test(input.value);
      flag(champ, input, !lisible);
      if (lisible) onChange({ quantites: { [id]: input.value || null } });
    });
  };
}
