/**
 * The page « Hors connexion »: keep the site on this device, follow the download, stop it, move on to a newer version, take it all away.
 *
 * What is true is read each time from the browser (`look`), then shown (`show`): another tab may have changed it. Nothing is registered,
 * fetched or kept before a press on the first button.
 */
import { CANAL, findKept, findRegistration, inWords, reach, register, remove, update } from "./hors-ligne.js";
import { space } from "./dom.js";

const ABSENT = "Ce site n'est pas gardé sur cet appareil.";
const IMPOSSIBLE = {
  https: "Cette adresse ne commence pas par https : les navigateurs n'y permettent pas de garder un site. Demandez à l'organisme qui le publie une adresse sécurisée.",
  navigateur: "Ce navigateur ne sait pas garder un site, ou ne le permet pas en navigation privée. Essayez dans une fenêtre ordinaire, ou avec une version récente de Firefox, Chrome, Edge ou Safari.",
};
const ECHECS = {
  reseau: "La connexion s'est coupée. Ce qui est arrivé est mis de côté : appuyez de nouveau, le téléchargement reprendra où il en était.",
  absent: "Un fichier manque sur le serveur : le site vient sans doute de changer. Rechargez cette page, puis recommencez.",
  abime: "Un fichier est arrivé abîmé, il a été refusé. Recommencez ; si cela se répète, prévenez l'organisme qui publie ce site.",
  injoignable: "Le site n'a pas pu être joint. Vérifiez votre connexion, puis recommencez.",
  place: "La place manque sur cet appareil, ou ce navigateur la limite en navigation privée. Libérez-en un peu, puis recommencez.",
  refus: "Ce navigateur a refusé de garder le site. C'est souvent le cas en navigation privée, ou quand il efface tout à la fermeture.",
};
const TENUE = "Une évaluation est commencée dans un onglet de ce site. Terminez-la ou fermez cet onglet, puis appuyez de nouveau.";

const root = document.querySelector("[data-hors-connexion]");
const part = (name) => root.querySelector(`[data-${name}]`);
const [status, gauge, amount] = ["etat", "jauge", "avance"].map(part);
const buttons = [...root.querySelectorAll("[data-action]")];

let registration;
let trouble = ""; // what went wrong last, until the next press
let stopped = false; // the download under way was given up on purpose
let followed = null; // the registration whose changes are shown
const canal = "BroadcastChannel" in globalThis ? new BroadcastChannel(CANAL) : null;

const ACTIONS = { garder: keep, arreter: stop, actualiser: apply, retirer: takeAway };
for (const button of buttons) button.addEventListener("click", () => act(ACTIONS[button.dataset.action]));
canal?.addEventListener("message", ({ data }) => {
  if (data.type === "progres") showProgress(data.pourcent);
  if (data.type === "echec") trouble = ECHECS[data.raison] ?? "";
});

if (!isSecureContext) show("impossible", IMPOSSIBLE.https);
else if (!navigator.serviceWorker || !globalThis.caches || !canal) show("impossible", IMPOSSIBLE.navigateur);
else {
  await look();
  registration?.update().catch(() => {}); // offline, or the same as yesterday
}
root.hidden = false;

async function act(action) {
  trouble = "";
  for (const button of buttons) button.disabled = true;
  try {
    await action();
  } catch (error) {
    trouble ||= ECHECS[{ QuotaExceededError: "place", TypeError: "injoignable" }[error.name] ?? "refus"];
  }
  for (const button of buttons) button.disabled = false;
  await look({ focus: true });
}

async function keep() {
  showProgress(0);
  show("arrive", "Téléchargement en cours. Vous pouvez continuer à lire dans un autre onglet.");
  const stopper = buttons.find(({ dataset }) => dataset.action === "arreter");
  stopper.disabled = false;
  stopper.focus();
  registration = await register();
  follow(registration);
  const worker = registration.installing ?? registration.waiting ?? registration.active;
  if (!await reach(worker, "activated") && !trouble) trouble = stopped ? "" : ECHECS.reseau;
  stopped = false;
}

async function stop() {
  stopped = true;
  await remove();
}

async function takeAway() {
  await remove();
  if (navigator.serviceWorker.controller) location.reload(); // this very page came from what has just been taken away
}

async function apply() {
  if (!await update(registration)) trouble = TENUE;
  else if (!navigator.serviceWorker.controller) location.reload(); // the others reload by themselves
}

/** Show what changes, from here or from another tab. */
function follow(one) {
  if (followed === one) return;
  followed = one;
  const watch = () => one.installing?.addEventListener("statechange", () => look());
  one.addEventListener("updatefound", watch);
  watch();
}

/** Read what is true, and show it. */
async function look({ focus = false } = {}) {
  let kept = null;
  try {
    registration = await findRegistration();
    kept = await findKept();
  } catch {
    return show("impossible", IMPOSSIBLE.navigateur);
  }
  if (registration) follow(registration);
  const since = kept?.le ? `, tel qu'il était le ${inWords(kept.le)}` : "";
  if (registration?.waiting) show("nouvelle", "Une nouvelle version du site est prête.");
  else if (registration?.active) show("garde", `Ce site est gardé sur cet appareil${since}. Il s'ouvre sans connexion, à la même adresse.`);
  else if (registration?.installing) show("arrive", "Téléchargement en cours.");
  else show(kept ? "reprise" : "absent", kept ? "Ce site n'est gardé qu'en partie sur cet appareil." : ABSENT);
  if (focus) buttons.find((button) => !button.hidden)?.focus();
}

/** state: "impossible", "absent", "reprise", "arrive", "garde" or "nouvelle"; each button says in which ones it shows. */
function show(state, words) {
  root.dataset.horsConnexion = state;
  for (const button of buttons) button.hidden = !button.dataset.quand.split(" ").includes(state);
  gauge.parentElement.hidden = state !== "arrive";
  const said = space([trouble, words].filter(Boolean).join(" "));
  if (status.textContent !== said) status.textContent = said; // the same again would be read again
}

function showProgress(percent) {
  gauge.value = percent;
  amount.textContent = space(`${percent} %`);
}
