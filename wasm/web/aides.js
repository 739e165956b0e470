/** What helps for one levier: ressources to start with, dispositifs with each criterion in words, the contact to call. */
import { element } from "./dom.js";
import { showDate } from "./evaluation.js";

/** Only these count as help; each with its words and the mark of its kind in the style sheet. */
const STATUTS = {
  eligible: ["Ouvert, et vos critères correspondent", "statut-ouvert"],
  a_verifier: ["Ouvert, à vérifier avec l'organisme", "statut-ouvert"],
  inconnu: ["Ouvert, une information manque pour savoir", "statut-a-verifier"],
  a_venir: ["Pas encore ouvert", "statut-a-venir"],
};
const ETATS = { oui: ["✓", "Oui"], non: ["✕", "Non"], inconnu: ["?", "À préciser"] };

/**
 * @param {{ressources: string[], dispositifs: object[], contacts: string[]}} aide one levier of `recommander`
 * @param {{aides: object, racine: string}} contexte
 * @returns {Element}
 */
export function renderHelp({ question, ressources: idsRessources, dispositifs: avis, contacts: idsContacts }, { aides, racine }) {
  const ressources = pick(aides.ressources, idsRessources);
  const dispositifs = avis.flatMap((un) => pick(aides.dispositifs, [un.id]).map((dispositif) => ({ ...un, dispositif }))).filter(({ statut }) => statut in STATUTS);
  const contacts = pick(aides.contacts, idsContacts);
  return element(
    "div",
    { class: "q-secours" },
    ressources.length ? [element("h5", {}, "Pour s'y mettre"), element("ul", { class: "q-ressources" }, ressources.map((r) => renderRessource(r, aides, racine)))] : null,
    dispositifs.length ? renderDispositifs(dispositifs, question, aides, racine) : renderNone(contacts, racine),
    contacts.length ? renderContacts(contacts, question) : null,
  );
}

/** Nothing open that fits: said as it is, with a way on. */
function renderNone(contacts, racine) {
  const suite = contacts.length ? "Le contact indiqué pourra vous orienter." : element("a", { href: `${racine}recherche/` }, "Chercher dans tout le catalogue");
  return element("p", { class: "q-sans-aide", "data-sans-aide": true }, "Nous ne connaissons pas d'aide ouverte sur ce point précis. ", suite);
}

/** The first one open, the others under it: a card stays short. */
function renderDispositifs([premier, ...autres], question, aides, racine) {
  const list = (liste) => element("ul", { class: "q-dispositifs" }, liste.map((un) => renderDispositif(un, question, aides, racine)));
  return [
    element("h5", {}, "Pour être aidé"),
    list([premier]),
    autres.length ? element("details", { class: "q-autres", "data-cle": `aides-${question}` }, element("summary", {}, autres.length === 1 ? "Une autre aide" : `${autres.length} autres aides`), list(autres)) : null,
  ];
}

function renderRessource({ id, titre, type, chemin }, { types }, racine) {
  return element("li", { "data-ressource": id }, element("a", { href: racine + chemin }, titre), element("span", { class: "discret" }, ` ${types[type]}`));
}

/** One dispositif, as an item of a list. question: what it is proposed for, which tells two of the same apart. */
export function renderDispositif({ id, dispositif, statut, phrase, criteres, conditions_texte: conditions }, question, { natures }, racine) {
  const { nature, ouverture, cloture, montant_affichage: montant } = dispositif;
  const [mots, classe] = STATUTS[statut];
  const quand = statut === "a_venir" && ouverture ? `Ouvre le ${showDate(ouverture)}` : mots;
  const manque = statut === "inconnu" ? criteres.filter(({ etat }) => etat === "inconnu").length : 0;
  return element(
    "li",
    { "data-statut": statut, "data-dispositif": id },
    element("a", { href: racine + dispositif.chemin }, dispositif.titre),
    element("span", { class: `statut ${classe}` }, quand),
    element("span", { class: "q-montant" }, [natures[nature], montant].filter(Boolean).join(" : ")),
    cloture && statut !== "a_venir" ? element("span", { class: "q-montant" }, `Jusqu'au ${showDate(cloture)}`) : null,
    criteres.length || conditions.length
      ? element(
          "details",
          { class: "q-criteres", "data-cle": `criteres-${question}-${id}` },
          element("summary", {}, manque === 1 ? "Les critères, un à préciser" : manque > 1 ? `Les critères, ${manque} à préciser` : "Les critères"),
          phrase ? element("p", {}, phrase) : null,
          criteres.length ? element("ul", { class: "q-marques" }, criteres.map(renderCritere)) : null,
          conditions.length ? [element("p", { class: "q-sous-titre" }, "Ce qui reste à vérifier avec l'organisme"), element("ul", {}, conditions.map((texte) => element("li", {}, texte)))] : null,
        )
      : null,
  );
}

/** The mark is a word as much as a sign, and never a colour alone. */
function renderCritere({ etat, phrase }) {
  const [signe, mot] = ETATS[etat];
  return element("li", { "data-critere": etat }, element("span", { class: `q-marque q-marque-${etat}` }, element("span", { "aria-hidden": "true" }, signe), ` ${mot}`), ` ${phrase}`);
}

export function renderContacts([premier, ...autres], question) {
  return [
    element("h5", {}, "À qui s'adresser"),
    renderContact(premier),
    autres.length
      ? element(
          "details",
          { class: "q-autres", "data-cle": `contacts-${question}` },
          element("summary", {}, autres.length === 1 ? "Une autre porte" : `${autres.length} autres portes`),
          autres.map(renderContact),
        )
      : null,
  ];
}

function renderContact({ id, nom, fonction, annuaire, courriel, telephone, url }) {
  const voies = [
    telephone ? element("a", { href: `tel:${telephone.replace(/[^+\d]/g, "")}` }, telephone) : null,
    courriel ? element("a", { href: `mailto:${courriel}` }, courriel) : null,
    url ? element("a", { href: url, rel: "noopener external" }, annuaire ? "Trouver votre interlocuteur" : "Site internet", element("span", { class: "lu" }, ` (${nom})`)) : null,
  ].filter(Boolean);
  return element("div", { class: "q-contact", "data-contact": id }, element("p", {}, element("strong", {}, nom), fonction ? `, ${fonction}` : null), element("p", { class: "q-voies" }, voies));
}

export const pick = (choses, ids) => ids.map((id) => choses.find((chose) => chose.id === id)).filter(Boolean);
