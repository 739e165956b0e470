/**
 * On a page that the device itself answers for: says that the network is gone, that a newer version is ready, and moves on to it.
 *
 * Fetched by `site.js` only once the visitor has asked to keep the site. An evaluation begun holds the version: nothing reloads under it.
 */
import { element } from "./dom.js";
import { findKept, findRegistration, holdVersion, inWords, update } from "./hors-ligne.js";

const AU_REPOS = ["papier", "accueil"]; // modes of the questionnaire in which nothing is begun

const style = element("link", { rel: "stylesheet", href: new URL("../stylesheets/hors-ligne.css", import.meta.url).href });
const notice = element("div", { class: "avis-hors-ligne", role: "status" });
document.head.append(style);
document.querySelector(".page").before(notice);

const questionnaire = document.querySelector(".questionnaire");
if (questionnaire) {
  const look = () => {
    if (AU_REPOS.includes(questionnaire.dataset.mode)) return;
    watch.disconnect();
    holdVersion();
  };
  const watch = new MutationObserver(look);
  watch.observe(questionnaire, { attributeFilter: ["data-mode"] });
  look();
}

navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
addEventListener("offline", show);
addEventListener("online", show);

const registration = await findRegistration();
registration?.addEventListener("updatefound", watchInstall);
watchInstall();
show();

function watchInstall() {
  registration?.installing?.addEventListener("statechange", show);
}

/** The page that asks for all this says it better itself. */
async function show() {
  if (document.querySelector("[data-hors-connexion]")) return;
  if (registration?.waiting) return propose();
  if (navigator.onLine) return notice.replaceChildren();
  const kept = await findKept().catch(() => null);
  const since = kept?.le ? `, tel qu'il était le ${inWords(kept.le)}` : "";
  notice.replaceChildren(element("p", { class: "cadre" }, `Vous êtes hors connexion. Ce site reste utilisable${since} : votre appareil le garde.`));
}

function propose() {
  const apply = async () => {
    if (await update(registration)) return; // this page, like the others, is about to reload
    words.textContent = HELD;
    button.focus();
  };
  const words = element("span", {}, "Une nouvelle version du site est prête.");
  const button = element("button", { type: "button", class: "bouton", click: apply }, "Mettre à jour");
  notice.replaceChildren(element("p", { class: "cadre" }, words, " ", button));
}

const HELD = "Une évaluation est commencée dans un onglet de ce site. Terminez-la ou fermez cet onglet, puis appuyez de nouveau : rien ne presse.";
