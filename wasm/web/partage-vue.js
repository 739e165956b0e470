/**
 * What a bilan may be shown with: a link, a badge, a spreadsheet. Each is made when asked for, from what this page holds, and sent nowhere.
 *
 * The share link is read back before it is shown: the list on the screen is what the link holds, not what it should hold.
 */
import { makeBadge } from "./badge.js";
import { element } from "./dom.js";
import { showDate } from "./evaluation.js";
import { listQuestions, namesCommune, sayAnswer, sayProfile } from "./mots.js";
import { decodeShare, encodeShare } from "./partage.js";
import { toCsvBilan } from "./tableur.js";
import { TYPES, download, nameFile } from "./telechargements.js";

const LONG = 2000; // characters beyond which some mail programs cut an address

/**
 * @param {object} bilan what `evaluer` gave
 * @param {{q: object, aides: object|null, evaluation: object, lecture: boolean}} contexte
 * @returns {Element|null} null on a shared bilan, which its reader only reads
 */
export function renderShare(bilan, contexte) {
  const { q, evaluation, lecture } = contexte;
  if (lecture) return null;
  const badge = makeBadge(bilan, q, evaluation.date);
  const give = (extension, quoi, contenu) => download(nameFile(evaluation, extension, quoi), TYPES[extension], contenu);
  return element(
    "section",
    { class: "suite s-partage", "aria-labelledby": "s-partage" },
    element("h3", { id: "s-partage" }, "Montrer ce bilan"),
    element(
      "div",
      { class: "s-moyens" },
      renderMeans("Par un lien", "Le lien porte vos réponses : la personne qui l'ouvre retrouve ce bilan, en lecture seule. Vous voyez d'abord tout ce qu'il contient.", [
        button("Préparer un lien", ({ currentTarget }) => openDialogue(bilan, contexte, currentTarget.closest(".questionnaire")), { "data-suivi": "lien" }),
      ]),
      renderMeans("Par un badge", "Une image pour votre site ou votre affichage. Elle dit elle-même qu'il s'agit d'une autoévaluation.", [
        element("img", { class: "s-badge", src: `data:image/svg+xml,${encodeURIComponent(badge)}`, width: 320, height: 120, alt: "Aperçu du badge, avec votre note et la date" }),
        button("Télécharger le badge", () => give("svg", "badge", badge), { "data-suivi": "badge" }),
      ]),
      renderMeans("Dans un tableur", "Chaque question avec votre réponse, ses points et ce qu'elle peut encore apporter.", [
        button("Télécharger le tableau", () => give("csv", "bilan", toCsvBilan(bilan, evaluation, q)), { "data-suivi": "tableau" }),
      ]),
    ),
  );
}

const renderMeans = (titre, phrase, actions) => element("div", { class: "s-moyen" }, element("h4", {}, titre), element("p", {}, phrase), actions);

const button = (label, click, attributs = {}) => element("button", { type: "button", class: "bouton bouton-second", click, ...attributs }, label);

/** `racine` holds the dialogue rather than the section, which the page draws again when the aids come. */
function openDialogue(bilan, contexte, racine) {
  const { evaluation, q, aides } = contexte;
  const contenu = element("div", {});
  const choix = element("fieldset", { class: "s-choix" }, element("legend", {}, "Ce que vous joignez à vos réponses"), renderChoices(contexte));
  const close = () => {
    dialogue.remove();
    racine.querySelector("[data-suivi=lien]")?.focus();
  };
  const dialogue = element(
    "dialog",
    { class: "s-dialogue", "aria-labelledby": "s-lien-titre", "data-dialogue-partage": true, close },
    element("h2", { id: "s-lien-titre", tabindex: -1, autofocus: true }, "Partager ce bilan par un lien"),
    element("p", {}, "Toute personne qui a ce lien peut lire ces réponses ; il n'est envoyé à aucun serveur. Un lien donné ne se reprend pas."),
    choix,
    contenu,
    element("p", { class: "q-actions" }, button("Fermer", () => dialogue.close())),
  );
  let tour = 0;
  const refresh = async () => {
    const rang = ++tour;
    const avec = Object.fromEntries([...choix.querySelectorAll("input")].map(({ name, checked }) => [name.replace("s-", ""), checked]));
    const fragment = await encodeShare(keepCounted(evaluation, bilan), avec);
    const dedans = await decodeShare(fragment);
    if (rang === tour) contenu.replaceChildren(...renderContent(dedans, q, aides?.libelles), ...renderLink(fragment));
  };
  choix.addEventListener("change", refresh);
  racine.append(dialogue);
  dialogue.showModal();
  return refresh();
}

/** The answers that this bilan counts: what it hides, the reader of the link has no use for. */
function keepCounted(evaluation, bilan) {
  const comptees = new Set(bilan.themes.flatMap(({ questions }) => questions).filter(({ etat }) => etat !== "masquee" && etat !== "vide").map(({ id }) => id));
  return { ...evaluation, reponses: Object.fromEntries(Object.entries(evaluation.reponses).filter(([id]) => comptees.has(id))) };
}

function renderChoices({ evaluation, q, aides }) {
  const { nom, profil } = evaluation;
  const { public: genre, effectif, secteur, zones, territoire_industrie } = profil;
  const say = (faits) => sayProfile(faits, q, aides?.libelles).map(([, mots]) => mots).join(", ");
  const qui = say({ public: genre, effectif, secteur });
  const ou = say({ zones, territoire_industrie });
  const choices = [
    qui && renderChoice("profil", true, `Mon profil : ${qui}`, "Sans lui, des questions posées à d'autres structures réapparaissent, et la note peut différer."),
    ou && renderChoice("territoire", false, `Mon territoire : ${ou}`, namesCommune(profil) ? "Votre commune peut suffire à vous reconnaître." : "Pour montrer les aides d'ici."),
    nom && renderChoice("nom", false, `Le nom de l'évaluation : ${nom}`, "À joindre si la personne doit savoir de qui il s'agit."),
  ].filter(Boolean);
  return choices.length ? choices : element("p", { class: "q-note" }, "Rien de plus : cette évaluation n'a ni profil ni nom.");
}

const renderChoice = (nom, checked, texte, aide) =>
  element("label", { class: "q-option" }, element("input", { type: "checkbox", name: `s-${nom}`, checked }), element("span", {}, texte, element("small", {}, aide)));

function renderContent(dedans, q, libelles) {
  const donnees = listQuestions(q).filter(({ question }) => dedans.reponses[question.id]);
  const nombre = `${donnees.length} réponse${donnees.length > 1 ? "s" : ""}`;
  const faits = [
    ["Questionnaire", `${q.titre} (${dedans.parcours === "court" ? "version courte" : "version complète"})`],
    ["Date", showDate(dedans.date)],
    ...(dedans.nom ? [["Nom", dedans.nom]] : []),
    ...sayProfile(dedans.profil, q, libelles),
    ["Réponses", nombre],
  ];
  const profil = sayProfile(dedans.profil, q, libelles).map(([nom]) => nom);
  const dehors = [
    "vos notes personnelles",
    "votre plan d'action",
    "le bilan lui-même, recalculé chez la personne qui ouvre le lien",
    !dedans.nom && "le nom de l'évaluation",
    !profil.includes("Public") && !profil.includes("Effectif") && "votre public, votre effectif, votre secteur",
    !profil.includes("Territoires") && "votre commune, votre territoire",
  ].filter(Boolean);
  return [
    element("h3", {}, "Ce que contient le lien"),
    element("dl", { class: "fiche-legale s-faits", "data-partage-faits": true }, faits.map(([nom, mots]) => element("div", {}, element("dt", {}, nom), element("dd", {}, mots)))),
    element(
      "details",
      {},
      element("summary", {}, donnees.length > 1 ? `Lire les ${nombre}` : "Lire la réponse"),
      element("ul", { class: "s-reponses" }, donnees.map(({ question }) => element("li", { "data-partagee": question.id }, question.texte, element("strong", {}, sayAnswer(dedans.reponses[question.id], question))))),
    ),
    element("h3", {}, "Ce qu'il ne contient pas"),
    element("ul", {}, dehors.map((chose) => element("li", {}, chose))),
  ];
}

function renderLink(fragment) {
  const adresse = new URL(location.href);
  adresse.search = "";
  adresse.hash = fragment;
  const { href } = adresse;
  const champ = element("input", { type: "text", id: "s-lien", readonly: true, class: "s-lien", value: href, focus: () => champ.select(), "aria-describedby": "s-lien-longueur" });
  const etat = element("p", { role: "status", class: "q-note" });
  const trop = href.length > LONG ? " Certaines messageries coupent les liens de plus de 2000 caractères : le fichier de réponses passe partout." : "";
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(href);
      etat.textContent = "Lien copié.";
    } catch {
      champ.focus(); // which selects it
      etat.textContent = document.execCommand("copy") ? "Lien copié." : "Le lien est sélectionné : copiez-le avec Ctrl + C, ou un appui long.";
    }
  };
  return [
    element("p", { class: "s-champ" }, element("label", { for: "s-lien" }, "Le lien"), champ, element("span", { class: "q-note", id: "s-lien-longueur" }, `${href.length} caractères.${trop}`)),
    element("p", { class: "q-actions" }, element("button", { type: "button", class: "bouton", click: copy }, "Copier le lien")),
    etat,
  ];
}
