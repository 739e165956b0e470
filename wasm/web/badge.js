/**
 * The badge of a bilan: an SVG image that a structure may show, which says of itself that it is declared and not verified.
 *
 * It stands alone: system fonts, attributes only, no style sheet, no link. Every text is escaped.
 */
import { space } from "./dom.js";
import { showDate } from "./evaluation.js";

const MENTION = "Autoévaluation déclarée par la structure, non vérifiée";
const POLICE = 'font-family="system-ui, -apple-system, Segoe UI, Roboto, Liberation Sans, sans-serif"';
const VERT = "#0b5450";
const ENCRE = "#17302e";
const DOUX = "#4a615e";
const LARGEUR_TITRE = 29; // characters of 13 px bold that hold beside the note

/**
 * @param {object} bilan what `evaluer` gave
 * @param {object} q the compiled questionnaire
 * @param {string} [date] the day of the evaluation, when it is not that of the bilan
 * @returns {string} the text of an SVG file, 320 × 120
 */
export function makeBadge(bilan, q, date = bilan.date) {
  const { etat, note, note_min: min, note_max: max, niveau_titre: titre, repondues, applicables } = bilan.global;
  const noted = etat === "note";
  const niveau = noted ? (titre ? `Niveau « ${titre} »` : "Sans niveau") : etat === "incomplet" ? `Entre ${min} et ${max} sur 5` : "Non concerné";
  const version = bilan.parcours === "court" ? "version courte" : "version complète";
  const portee = `${repondues} réponse${repondues > 1 ? "s" : ""} sur ${applicables}, ${version}`;
  const lignes = wrap(q.titre);
  const bas = lignes.length > 1 ? 44 : 32;
  const phrase = `${q.titre} ${noted ? `Note : ${note} sur 5.` : "En cours."} ${niveau}.`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="120" viewBox="0 0 320 120" role="img" aria-labelledby="badge-titre badge-description">
<title id="badge-titre">${escape(phrase)}</title>
<desc id="badge-description">${escape(`${portee}, le ${showDate(date)}. ${MENTION}.`)}</desc>
<rect x="1" y="1" width="318" height="118" rx="11" fill="#ffffff" stroke="${VERT}" stroke-width="2"/>
<path d="M1 96V12A11 11 0 0 1 12 1H88V96Z" fill="${VERT}"/>
${text(noted ? note : "…", { x: 44, y: 54, taille: 34, gras: true, couleur: "#ffffff", milieu: true })}
${text(noted ? "sur 5" : "en cours", { x: 44, y: 76, taille: 13, couleur: "#ffffff", milieu: true })}
${lignes.map((ligne, rang) => text(ligne, { x: 100, y: 24 + 16 * rang, taille: 13, gras: true, couleur: VERT })).join("\n")}
${text(niveau, { x: 100, y: bas + 17, taille: 13, gras: true, couleur: ENCRE })}
${text(portee, { x: 100, y: bas + 33, taille: 11, couleur: DOUX })}
${text(showDate(date), { x: 100, y: bas + 47, taille: 11, couleur: DOUX })}
<path d="M1 96H319" stroke="${VERT}"/>
${text(MENTION, { x: 160, y: 112, taille: 11, couleur: ENCRE, milieu: true, largeur: 292 })}
</svg>
`;
}

function text(texte, { x, y, taille, couleur, gras = false, milieu = false, largeur = null }) {
  const options = [
    gras ? 'font-weight="700"' : "",
    milieu ? 'text-anchor="middle"' : "",
    largeur ? `textLength="${largeur}" lengthAdjust="spacingAndGlyphs"` : "", // the same place whatever the font
  ].filter(Boolean).join(" ");
  return `<text x="${x}" y="${y}" ${POLICE} font-size="${taille}" fill="${couleur}" ${options}>${escape(texte)}</text>`;
}

/** Two lines at most, cut between words. */
function wrap(titre) {
  const lignes = [""];
  for (const mot of titre.split(/\s+/).map((one) => (one.length > LARGEUR_TITRE ? `${one.slice(0, LARGEUR_TITRE - 1)}…` : one))) {
    const suite = `${lignes.at(-1)} ${mot}`.trim();
    if (suite.length <= LARGEUR_TITRE || mot.length < 2) lignes[lignes.length - 1] = suite; // a « ? » is never alone on its line
    else lignes.push(mot);
  }
  return lignes.length > 2 ? [lignes[0], `${lignes[1].slice(0, LARGEUR_TITRE - 1)}…`] : lignes;
}

/** Text for XML: its five signs escaped, and none of the characters that XML does not have. */
function escape(texte) {
  return space(texte)
    .replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, "")
    .replace(/[&<>"']/g, (signe) => `&#${signe.charCodeAt(0)};`);
}
