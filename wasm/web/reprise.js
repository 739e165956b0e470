/**
 * The bilan is rendered again when the aids come or the profile changes: what was unfolded stays unfolded, and the focus stays where it was.
 *
 * Elements are known again by their `data-cle`, or their id.
 */

/**
 * Look at the page before it is rendered again.
 * @returns {(nodes: Node[]) => void} to call with the new nodes, before they stand on the page
 */
export function remember(page = document) {
  const ouverts = new Set([...page.querySelectorAll("details[open][data-cle]:not([data-replier])")].map(({ dataset }) => dataset.cle));
  const actif = page.activeElement?.closest("[data-bilan]") ? page.activeElement : null;
  const cible = actif?.dataset.cle ? `[data-cle="${actif.dataset.cle}"]` : actif?.id ? `#${CSS.escape(actif.id)}` : null;
  return (nodes) => {
    for (const node of nodes) for (const details of node.querySelectorAll("details[data-cle]")) details.open ||= ouverts.has(details.dataset.cle);
    if (!cible) return;
    // Once the caller has put the nodes on the page, unless something else has taken the focus meanwhile.
    queueMicrotask(() => {
      if (page.activeElement === page.body) page.querySelector(cible)?.focus({ preventScroll: true });
    });
  };
}
