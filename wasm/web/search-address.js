/**
 * A search as an address, and back: `?q=friche&theme=energie&theme=eau`. What stands in an address is hostile: what is too long is
 * cut here, what no facet knows is left out by `search-facets.js`.
 */
const MAX_CHARACTERS = 200;
const MAX_CHOICES = 50;

/** {q, choix: {facet: [values]}} of a location. */
export function readAddress({ search }) {
  const choix = {};
  let q = "";
  [...new URLSearchParams(search)].slice(0, MAX_CHOICES).forEach(([name, value]) => {
    if (name === "q") q = value.slice(0, MAX_CHARACTERS);
    else if (/^[a-z]{2,20}$/.test(name) && Object.getPrototypeOf(choix)[name] === undefined) choix[name] = [...(choix[name] ?? []), value];
  });
  return { q, choix };
}

/** The full address of the search page for that query and those choices. */
export function writeAddress(searchPage, q, choix) {
  const parameters = new URLSearchParams(q ? { q } : {});
  for (const [facet, values] of Object.entries(choix)) values.forEach((value) => parameters.append(facet, value));
  const text = parameters.toString();
  return new URL(text ? `?${text}` : searchPage.pathname, searchPage).href;
}
