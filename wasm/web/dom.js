/**
 * The one way the scripts make elements: text goes in as text, never as HTML, so nothing that comes from a file can act.
 */

/** French spacing: a no-break space before ; : ! ? % » and after «, and the curly apostrophe. Applying it twice changes nothing. */
export function space(texte) {
  return String(texte)
    .replace(/ ([;!?])/g, "\u202f$1")
    .replace(/ ([:%»])/g, "\u00a0$1")
    .replace(/« /g, "«\u00a0")
    .replace(/ \/ (?=\d)/g, "\u00a0/\u00a0")
    .replace(/(\d) (?=\d{3}\b)/g, "$1\u202f")
    .replace(/(\p{L})'/gu, "$1\u2019");
}

/**
 * @param {string} nom tag name
 * @param {object} attributs attributes; a function is added as a listener of that event, null and false are left out
 * @param {...(Node|string|null|Array)} enfants
 */
export function element(nom, attributs = {}, ...enfants) {
  return fill(document.createElement(nom), attributs, enfants);
}

export function svg(nom, attributs = {}, ...enfants) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", nom), attributs, enfants);
}

function fill(noeud, attributs, enfants) {
  for (const [cle, valeur] of Object.entries(attributs)) {
    if (typeof valeur === "function") noeud.addEventListener(cle, valeur);
    else if (valeur !== null && valeur !== undefined && valeur !== false) noeud.setAttribute(cle, valeur === true ? "" : valeur);
  }
  for (const enfant of enfants.flat(Infinity)) {
    if (enfant === null || enfant === undefined || enfant === false) continue;
    noeud.append(enfant instanceof Node ? enfant : space(enfant));
  }
  return noeud;
}
