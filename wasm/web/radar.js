/**
 * The drawings of a bilan: the themes as a radar, a note as a bar, an effort as steps. They only place points: each share comes from
 * the engine, and the words beside them say the same.
 */
import { svg } from "./dom.js";

const CENTRE = 200;
const RAYON = 165;
const LIGNE = 16; // characters of a name on one line
const FORMATS = { large: { boite: "-125 -5 650 400", noms: true }, etroit: { boite: "5 5 390 390", noms: false } };

/**
 * @param {object[]} themes MESUREs of a bilan, in the order of the table
 * @param {"large"|"etroit"} format with the names of the themes around it, or their ranks only
 * @returns {SVGElement|null} null under three themes, where there is no area to draw, and when none concerns the visitor
 */
export function drawRadar(themes, format = "large") {
  if (themes.length < 3 || themes.every((theme) => theme.part_min === null)) return null;
  const { boite, noms } = FORMATS[format];
  const place = (rang, part) => {
    const angle = (2 * Math.PI * rang) / themes.length - Math.PI / 2;
    return [CENTRE + RAYON * part * Math.cos(angle), CENTRE + RAYON * part * Math.sin(angle)].map((n) => n.toFixed(1));
  };
  const outline = (cle) => themes.map((theme, rang) => (theme[cle] === null ? null : place(rang, theme[cle]).join())).filter(Boolean).join(" ");
  const rings = [1, 2, 3, 4, 5].map((note) => svg("polygon", { class: "radar-grille", points: themes.map((_, rang) => place(rang, note / 5).join()).join(" ") }));
  const axes = themes.map((_, rang) => {
    const [x2, y2] = place(rang, 1);
    return svg("line", { class: "radar-grille", x1: CENTRE, y1: CENTRE, x2, y2 });
  });
  const dots = themes.flatMap((theme, rang) => {
    if (theme.part_min === null) return [];
    const [cx, cy] = place(rang, theme.part_min);
    return [svg("circle", { class: "radar-point", cx, cy, r: 5 })];
  });
  const open = themes.some(({ etat }) => etat === "incomplet");
  return svg(
    "svg",
    { class: `radar radar-${format}`, viewBox: boite, role: "img", "aria-labelledby": `radar-${format}` },
    svg("title", { id: `radar-${format}` }, "Les notes par thème, en toile. Le tableau donne les mêmes valeurs."),
    rings,
    axes,
    open ? svg("polygon", { class: "radar-max", points: outline("part_max") }) : null,
    svg("polygon", { class: "radar-min", points: outline("part_min") }),
    dots,
    themes.map((theme, rang) => drawLabel(noms ? cut(`${rang + 1}. ${theme.titre}`) : [String(rang + 1)], place(rang, noms ? 1.1 : 1.13))),
  );
}

/** Lines of text beside a point, on the side where they have room. */
function drawLabel(lignes, [x, y]) {
  const ecart = x - CENTRE;
  const ancre = Math.abs(ecart) < 20 ? "middle" : ecart > 0 ? "start" : "end";
  // Above the drawing the text rises from its point, under it it goes down, beside it it is centred on it.
  const haut = y < CENTRE - RAYON ? lignes.length - 1 : y > CENTRE + RAYON ? -0.6 : (lignes.length - 1) / 2;
  return svg(
    "text",
    { class: "radar-rang", x, y, "text-anchor": ancre, "dominant-baseline": "central" },
    lignes.map((ligne, rang) => svg("tspan", { x, dy: rang === 0 ? `${-haut * 1.15}em` : "1.15em" }, ligne)),
  );
}

function cut(nom) {
  const lignes = [""];
  for (const mot of nom.split(" ")) {
    const derniere = lignes.at(-1);
    if (derniere && derniere.length + mot.length >= LIGNE) lignes.push(mot);
    else lignes[lignes.length - 1] = `${derniere} ${mot}`.trim();
  }
  return lignes;
}

/** One theme as a bar: sure part filled, possible part lighter and ended by a line. Decorative: the note stands beside it. */
export function drawBar({ part_min: sure, part_max: possible }) {
  if (sure === null) return null;
  return svg(
    "svg",
    { class: "barre", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { class: "barre-fond", width: 100, height: 8 }),
    svg("rect", { class: "barre-max", width: possible * 100, height: 8 }),
    svg("rect", { class: "barre-min", width: sure * 100, height: 8 }),
  );
}

/** An effort from 1 to 3 as rising steps. Decorative: its words stand beside it. */
export function drawEffort(effort) {
  const marches = [1, 2, 3].map((rang) => svg("rect", { class: rang <= effort ? "marche-pleine" : "marche", x: rang * 9 - 8, y: 19 - rang * 6, width: 7, height: rang * 6 }));
  return svg("svg", { class: "effort", viewBox: "0 0 28 20", "aria-hidden": "true" }, marches);
}
