/**
 * The themes of a bilan as an SVG radar. It only places points: each share comes from the engine, and the table beside it says the same.
 */
import { svg } from "./dom.js";

const CENTRE = 200;
const RAYON = 150;

/**
 * @param {object[]} themes MESUREs of a bilan, in the order of the table
 * @returns {SVGElement|null} null under three themes, where there is no area to draw
 */
export function drawRadar(themes) {
  if (themes.length < 3) return null;
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
  const labels = themes.map((_, rang) => {
    const [x, y] = place(rang, 1.16);
    return svg("text", { class: "radar-rang", x, y, "text-anchor": "middle", "dominant-baseline": "central" }, String(rang + 1));
  });
  const dots = themes.flatMap((theme, rang) => {
    if (theme.part_min === null) return [];
    const [cx, cy] = place(rang, theme.part_min);
    return [svg("circle", { class: "radar-point", cx, cy, r: 5 })];
  });
  const open = themes.some((theme) => theme.etat === "incomplet");
  return svg(
    "svg",
    { class: "radar", viewBox: "0 0 400 400", role: "img", "aria-labelledby": "radar-titre" },
    svg("title", { id: "radar-titre" }, "Vos notes par thème, en toile. Le tableau donne les mêmes valeurs."),
    rings,
    axes,
    open ? svg("polygon", { class: "radar-max", points: outline("part_max") }) : null,
    svg("polygon", { class: "radar-min", points: outline("part_min") }),
    dots,
    labels,
  );
}

/** One theme as a bar: sure part filled, possible part hatched by its outline. Decorative: the note stands beside it. */
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
