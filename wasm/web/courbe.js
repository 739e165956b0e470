/**
 * Dated notes as an SVG curve. It only places points: each share comes from the engine, and the table beside it says the same.
 */
import { element, svg } from "./dom.js";
import { showDate } from "./evaluation.js";

const CADRE = { gauche: 22, droite: 306, haut: 16, bas: 136 };
const NOTES = [0, 1, 2, 3, 4, 5];
const ECART = 30; // between two notes written side by side

/**
 * @param {string} id unique in the page
 * @param {string} titre
 * @param {{date: string, note: string, part: number}[]} points oldest first; part between 0 and 1
 * @returns {SVGElement}
 */
export function drawCurve(id, titre, points) {
  const places = placePoints(points);
  const dites = points.map(({ date, note }) => `${showDate(date)} : ${note} sur 5`).join(" ; ");
  return svg(
    "svg",
    { class: "courbe", viewBox: "0 0 320 164", role: "img", "aria-labelledby": `${id}-t ${id}-d` },
    svg("title", { id: `${id}-t` }, `${titre} : l'évolution de la note, de 0 à 5`),
    svg("desc", { id: `${id}-d` }, `${dites}.`),
    NOTES.map((note) => {
      const y = placeNote(note / 5);
      return [svg("line", { class: "courbe-grille", x1: CADRE.gauche, x2: CADRE.droite, y1: y, y2: y }), note % 5 ? null : svg("text", { class: "courbe-axe", x: CADRE.gauche - 7, y: y + 4, "text-anchor": "end" }, String(note))];
    }),
    svg("polyline", { class: "courbe-trait", points: places.map(({ x, y }) => `${x},${y}`).join(" ") }),
    places.map(({ x, y }) => svg("circle", { class: "courbe-point", cx: x, cy: y, r: 4.5 })),
    pickNotes(places).map((rang) => writeNote(points[rang], places[rang])),
    writeDates(points),
  );
}

/** The same figures as a table, folded or not. */
export function renderTable(titre, points) {
  return element(
    "table",
    { class: "s-notes" },
    element("caption", {}, titre),
    element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "Évaluation"), element("th", { scope: "col" }, "Note sur 5"))),
    element("tbody", {}, points.map(({ nom, date, note }) => element("tr", {}, element("th", { scope: "row" }, showDate(date), nom ? element("span", { class: "discret" }, nom) : null), element("td", {}, note)))),
  );
}

const placeNote = (part) => Number((CADRE.bas - part * (CADRE.bas - CADRE.haut)).toFixed(1));

/** True dates on the axis; evaluations of one same day are set side by side. */
function placePoints(points) {
  const jours = points.map(({ date }) => Date.parse(date));
  const duree = jours.at(-1) - jours[0];
  return points.map(({ part }, rang) => {
    const avance = duree ? (jours[rang] - jours[0]) / duree : (rang + 1) / (points.length + 1);
    return { x: Number((CADRE.gauche + 12 + avance * (CADRE.droite - CADRE.gauche - 24)).toFixed(1)), y: placeNote(part) };
  });
}

/** The points whose note can be written without touching another: the last, the first, then what holds between them. */
function pickNotes(places) {
  const fin = places.length - 1;
  const rangs = [];
  places.forEach(({ x }, rang) => {
    const libre = !rangs.length || x - places[rangs.at(-1)].x >= ECART;
    if (rang === fin || (libre && (rang === 0 || places[fin].x - x >= ECART))) rangs.push(rang);
  });
  return rangs;
}

/** Above its point, or under it where there is no room. */
function writeNote({ note, part }, { x, y }) {
  return svg("text", { class: "courbe-note", x, y: part > 0.9 ? y + 20 : y - 9, "text-anchor": "middle" }, note);
}

function writeDates(points) {
  const dire = (date) => new Intl.DateTimeFormat("fr-FR", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }).format(new Date(date));
  const [debut, fin] = [points[0].date, points.at(-1).date];
  if (debut === fin) return svg("text", { class: "courbe-axe", x: 164, y: 157, "text-anchor": "middle" }, dire(debut));
  return [svg("text", { class: "courbe-axe", x: CADRE.gauche, y: 157 }, dire(debut)), svg("text", { class: "courbe-axe", x: CADRE.droite, y: 157, "text-anchor": "end" }, dire(fin))];
}
