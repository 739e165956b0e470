/**
 * One history entry per screen, so that the browser's « back » leads to the screen before. The address never changes, and the
 * entries hold the name of a screen and of a theme, nothing of the answers.
 */
export class Historique {
  /** @param {(ecran: {mode: string, theme?: string}) => void} goTo called when the visitor goes back or forward */
  constructor(goTo) {
    history.replaceState({ mode: "accueil" }, "");
    addEventListener("popstate", ({ state }) => {
      if (state?.mode) goTo(state); // without it, only the fragment has changed: a shared bilan, which lecture.js looks at
    });
  }

  /** The screen that shows now: a new entry, unless « back » has just led to it. */
  note(ecran) {
    if (JSON.stringify(history.state) !== JSON.stringify(ecran)) history.pushState(ecran, "");
  }

  /** The entry leads nowhere any more, since the evaluation is closed: it becomes the one of the start screen. */
  forget() {
    history.replaceState({ mode: "accueil" }, "");
  }
}
