/** The dated actions of a plan as an iCalendar file (RFC 5545), for the visitor's own agenda. */
import { STATUTS, listPlan } from "./tableur.js";

const FINIS = ["fait", "abandonne"];
const OCTETS_MAX = 75; // of a line, its end left out (RFC 5545, 3.1)

/**
 * @param {object} evaluation
 * @param {object} q the compiled questionnaire
 * @param {Date} maintenant when the file is made
 * @returns {string|null} null when no action left to do bears a date
 */
export function toIcs(evaluation, q, maintenant) {
  const actions = listPlan(evaluation, q).filter(({ echeance, statut }) => echeance && !FINIS.includes(statut));
  if (!actions.length) return null;
  const lignes = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Établi//Plan d'action//FR",
    "CALSCALE:GREGORIAN",
    ...actions.flatMap((action) => writeEvent(action, q, maintenant)),
    "END:VCALENDAR",
  ];
  return `${lignes.map(fold).join("\r\n")}\r\n`;
}

/** The UID tells questionnaire and question only: made again after a change, the file moves the event instead of adding one. */
function writeEvent({ question, theme, action, statut, echeance, responsable, note }, q, maintenant) {
  const description = [theme, `Statut : ${STATUTS[statut] ?? statut}`, responsable && `Responsable : ${responsable}`, note].filter(Boolean).join("\n");
  return [
    "BEGIN:VEVENT",
    `UID:plan-${escape(q.id)}-${escape(question)}@etabli`,
    `DTSTAMP:${maintenant.toISOString().replace(/[-:]|\.\d+/g, "")}`,
    `DTSTART;VALUE=DATE:${showDay(echeance, 0)}`,
    `DTEND;VALUE=DATE:${showDay(echeance, 1)}`,
    `SUMMARY:${escape(`Échéance : ${action}`)}`,
    `DESCRIPTION:${escape(description)}`,
    "TRANSP:TRANSPARENT",
    "END:VEVENT",
  ];
}

/** "2026-12-31", one day later: "20270101". The end of an all-day event is the day after. */
function showDay(jour, plus) {
  const date = new Date(`${jour}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + plus);
  return date.toISOString().slice(0, 10).replaceAll("-", "");
}

/** TEXT of RFC 5545, 3.3.11. Other control characters have no place in it. */
function escape(texte) {
  return String(texte)
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    .replace(/[\\;,]/g, "\\$&")
    .replaceAll("\n", "\\n");
}

/** Cut a line at 75 octets, never inside a character; what follows begins with a space. */
function fold(ligne) {
  const encodeur = new TextEncoder();
  const morceaux = [""];
  let octets = 0;
  for (const signe of ligne) {
    const taille = encodeur.encode(signe).length;
    if (octets + taille > OCTETS_MAX) {
      morceaux.push("");
      octets = 1; // the space
    }
    morceaux[morceaux.length - 1] += signe;
    octets += taille;
  }
  return morceaux.join("\r\n ");
}
