/**
 * The facets on the search page: what they hold, what is chosen, and how to let go of it. Native checkboxes, one group for each
 * facet, made when it is first opened. `search.js` gives the counts.
 */
import { element } from "./dom.js";

const OPEN = 2; // groups open from the start where there is room

/**
 * Bring the panel to life. start(): its first opening, when counts are wanted; chosen(): what
 * is chosen now, which the last answer may not know yet; choose(choix): a box was ticked, {facet: [values]}; lost(): focus has nowhere to go.
 *
 * Gives {update(facettes), tell(), names}: the counts of an answer, the choices in words, the title of each facet.
 */
export function openFacets(panel, { start, chosen: choices, choose, lost }) {
  const groups = panel.querySelector("[data-recherche-groupes]");
  const chosen = panel.querySelector("[data-recherche-choisis]");
  const fold = panel.querySelector("details");
  const names = {};
  let known = []; // the facets of the last answer
  panel.hidden = false;
  fold.addEventListener("toggle", () => fold.open && !known.length && start());
  // Beside the results there is room for the facets; above them, on a telephone, they would hide the results.
  const wide = matchMedia("(min-width: 60rem)");

  function toggle(facet, value, on) {
    const now = choices();
    const others = (now[facet] ?? []).filter((other) => other !== value);
    const { [facet]: _, ...rest } = now;
    choose(on || others.length ? { ...rest, [facet]: on ? [...others, value] : others } : rest);
  }

  /** The group of one facet: its boxes are made at the first opening and stay, so that focus is never lost. */
  function group({ id, titre }, open) {
    const made = element("details", { class: "facette", "data-facette": id, open },
      element("summary", {}, element("span", {}, titre), " ", element("span", { class: "facette-compte" })),
      element("fieldset", {}, element("legend", { class: "lu" }, titre)));
    made.addEventListener("toggle", () => made.open && fill(made, known.find((facet) => facet.id === id)));
    return made;
  }

  function fill(made, { id, valeurs }) {
    const box = made.querySelector("fieldset");
    for (const { id: value, libelle, nombre, choisie } of valeurs) {
      let line = [...box.querySelectorAll("input")].find((input) => input.value === value)?.parentElement;
      if (!line) {
        const input = element("input", { type: "checkbox", name: id, value, change: (event) => toggle(id, value, event.target.checked) });
        line = element("label", {}, input, element("span", {}, libelle), element("span", { class: "facette-nombre" }), element("span", { class: "lu" }, " résultats"));
        box.append(line);
      }
      const input = line.querySelector("input");
      input.checked = choisie;
      line.querySelector(".facette-nombre").textContent = String(nombre);
      line.hidden = !nombre && !choisie && document.activeElement !== input;
    }
  }

  function update(facettes) {
    const first = !known.length;
    known = facettes;
    if (first && wide.matches) fold.open = true;
    for (const facet of facettes) {
      names[facet.id] = facet.titre;
      const made = groups.querySelector(`[data-facette="${facet.id}"]`) ?? groups.appendChild(group(facet, first && wide.matches && groups.children.length < OPEN));
      const ticked = facet.valeurs.filter(({ choisie }) => choisie).length;
      made.querySelector(".facette-compte").textContent = ticked ? `${ticked} choisi${ticked > 1 ? "s" : ""}` : "";
      made.hidden = !ticked && facet.valeurs.every(({ nombre }) => !nombre) && !made.contains(document.activeElement);
      if (made.open) fill(made, facet);
    }
    const picked = facettes.flatMap(({ id, titre, valeurs }) => valeurs.filter(({ choisie }) => choisie).map((value) => ({ facet: id, titre, ...value })));
    const had = chosen.contains(document.activeElement);
    chosen.replaceChildren(...picked.map(({ facet, titre, id, libelle }) => element("li", {},
      element("button", { type: "button", click: () => toggle(facet, id, false) },
        element("span", { class: "lu" }, "Retirer "), `${titre} : ${libelle}`, element("span", { "aria-hidden": "true" }, " ×")))));
    if (picked.length > 1) {
      chosen.append(element("li", {}, element("button", { type: "button", click: () => choose({}) }, "Tout retirer")));
    }
    chosen.hidden = !picked.length;
    fold.hidden = groups.querySelectorAll(".facette:not([hidden])").length === 0;
    const next = chosen.querySelector("button") ?? (fold.hidden ? null : fold.querySelector("summary"));
    if (had) next ? next.focus() : lost();
  }

  /** « Thème : Eau ou Énergie, Coût : Gratuit ». */
  function tell() {
    return known.flatMap(({ titre, valeurs }) => {
      const ticked = valeurs.filter(({ choisie }) => choisie).map(({ libelle }) => libelle);
      return ticked.length ? [`${titre}\u00a0: ${ticked.join(" ou ")}`] : [];
    }).join(", ");
  }

  return { update, tell, names };
}
