/**
 * Narrows a list of pages by facets, and counts what each value would leave. Works on the columns of `search-index.js`.
 *
 * Values of one facet add up (water or energy), facets narrow each other (water or energy, and free). The count beside a value
 * is what one would see with it: the other facets hold, its own does not.
 */

/**
 * The pages of `ordre` that `choix` leaves: {ordre, facettes, desserrer}.
 *
 * choix: {facet: [values]}; what the index does not know is left out. facettes: [{id, titre, valeurs: [{id, libelle, nombre,
 * choisie}]}]. desserrer: the facets without which there would be more, [{id, nombre}], told only when nothing is left.
 */
export function narrow({ facettes }, ordre, choix) {
  const wanted = facettes.map(({ id, valeurs }) => new Set(valeurs.flatMap(([value], i) => (choix[id]?.includes(value) ? [i] : []))));
  const counts = facettes.map(({ valeurs }) => new Uint32Array(valeurs.length));
  const without = new Uint32Array(facettes.length);
  const kept = ordre.filter((number) => {
    let failed = 0;
    let failing = -1;
    for (let f = 0; f < facettes.length && failed < 2; f += 1) {
      if (!wanted[f].size || facettes[f].documents[number].some((value) => wanted[f].has(value))) continue;
      failed += 1;
      failing = f;
    }
    if (failed > 1) return false;
    for (let f = 0; f < facettes.length; f += 1) {
      if (failed && f !== failing) continue;
      for (const value of facettes[f].documents[number]) counts[f][value] += 1;
    }
    if (failed) without[failing] += 1;
    return !failed;
  });
  return {
    ordre: kept,
    facettes: facettes.map(({ id, titre, valeurs }, f) => ({
      id, titre, valeurs: valeurs.map(([value, libelle], i) => ({ id: value, libelle, nombre: counts[f][i], choisie: wanted[f].has(i) })),
    })),
    desserrer: kept.length ? [] : facettes.flatMap(({ id }, f) => (without[f] ? [{ id, nombre: without[f] }] : [])),
  };
}
