/** Hands a text to the visitor as a file. It goes from the page to the disk: nothing passes through the network. */

/** How a file is told to the browser, by its extension. */
export const TYPES = { json: "application/json", csv: "text/csv;charset=utf-8", ics: "text/calendar;charset=utf-8", svg: "image/svg+xml" };

/**
 * The name of a file made from an evaluation: « transition-ecologique-2026-11-21-plan.csv ».
 * @param {{questionnaire: {id: string}, date: string}} evaluation
 * @param {"json"|"csv"|"ics"|"svg"} extension
 * @param {string} [quoi] what the file holds, when it is not the answers themselves
 */
export function nameFile({ questionnaire, date }, extension, quoi = "") {
  return `${[questionnaire.id, date, quoi].filter(Boolean).join("-")}.${extension}`;
}

/**
 * @param {string} nom name proposed to the visitor
 * @param {string} type MIME type, one of TYPES
 * @param {string} contenu
 */
export function download(nom, type, contenu) {
  const url = URL.createObjectURL(new Blob([contenu], { type }));
  const lien = document.createElement("a");
  lien.href = url;
  lien.download = nom;
  document.body.append(lien);
  lien.click();
  lien.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
