/**
 * One question's inputs ↔ one answer of the evaluation. Ids and states only: no text ever leaves the form.
 */
import { isNumber } from "./evaluation.js";

/** The number typed, as plain decimal text; null when empty, out of bounds or written another way. */
const readNumber = (input) => (input.checkValidity() && isNumber(input.value) ? input.value : null);

/**
 * The answer that `fieldset` shows, or null while it is blank or holds a number out of its bounds.
 * @returns {{revision: number, etat: string, options?: string[], nombre?: string, motif?: string} | null}
 */
export function readAnswer(fieldset) {
  const revision = Number(fieldset.dataset.revision);
  const inputs = [...fieldset.querySelectorAll("input")];
  const etat = inputs.find((input) => input.dataset.etat && input.checked);
  if (etat?.dataset.etat === "non_concerne") return { revision, etat: "non_concerne", motif: etat.value };
  if (etat) return { revision, etat: "ne_sait_pas" };
  const nombre = inputs.find((input) => "nombre" in input.dataset);
  if (nombre) return readNumber(nombre) === null ? null : { revision, etat: "repondu", nombre: readNumber(nombre) };
  const options = inputs.filter((input) => "option" in input.dataset && input.checked).map((input) => input.value);
  return options.length ? { revision, etat: "repondu", options } : null;
}

/** Show `answer` (null: blank) in `fieldset`. */
export function writeAnswer(fieldset, answer) {
  for (const input of fieldset.querySelectorAll("input")) {
    if ("nombre" in input.dataset) input.value = answer?.nombre ?? "";
    else if (input.dataset.etat === "ne_sait_pas") input.checked = answer?.etat === "ne_sait_pas";
    else if (input.dataset.etat) input.checked = answer?.etat === "non_concerne" && answer.motif === input.value;
    else input.checked = answer?.etat === "repondu" && (answer.options ?? []).includes(input.value);
  }
  showError(fieldset);
  showClear(fieldset);
}

/** Keep the boxes of a question consistent after `input` changed: « je ne sais pas » and exclusive options stand alone. */
export function settle(fieldset, input) {
  const others = [...fieldset.querySelectorAll("input")].filter((other) => other !== input);
  if ("nombre" in input.dataset && input.value !== "") for (const other of others) other.checked = false;
  if (input.type === "checkbox" && input.checked) {
    for (const other of others) {
      if ("exclusif" in input.dataset || "exclusif" in other.dataset) other.checked = false;
      if ("nombre" in other.dataset) other.value = "";
    }
  }
  showError(fieldset);
  showClear(fieldset);
}

/** « Effacer ma réponse » shows only where there is something to clear. */
function showClear(fieldset) {
  const filled = [...fieldset.querySelectorAll("input")].some((input) => input.checked || ("nombre" in input.dataset && input.value !== ""));
  fieldset.querySelector("[data-action=vider]").hidden = !filled;
}

function showError(fieldset) {
  const nombre = fieldset.querySelector("[data-nombre]");
  if (!nombre) return;
  const wrong = readNumber(nombre) === null && (nombre.value !== "" || nombre.validity.badInput);
  const erreur = fieldset.querySelector(".q-erreur");
  erreur.hidden = !wrong;
  nombre.setAttribute("aria-invalid", String(wrong));
  nombre.setAttribute("aria-describedby", wrong ? `${erreur.id} ${fieldset.id}-bornes` : `${fieldset.id}-bornes`);
}
