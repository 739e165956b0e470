/* Starts the Pyodide found under `base`; with `roue`, loads the engine too and plays one call, so that it is truly ready. */
onmessage = async ({ data: { base, roue, charge } }) => {
  try {
    const { loadPyodide } = await import(`${base}pyodide.mjs`);
    const [pyodide, archive] = await Promise.all([
      loadPyodide({ indexURL: base }),
      roue && fetch(base + roue).then((reponse) => reponse.arrayBuffer()),
    ]);
    if (!archive) return postMessage({ resultat: null });
    pyodide.unpackArchive(archive, "wheel");
    const { call } = pyodide.pyimport("etabli_engine.bridge");
    postMessage({ resultat: call("evaluer", charge) });
  } catch (erreur) {
    postMessage({ erreur: String(erreur) });
  }
};
