/* A module worker that starts the Pyodide under `base` as its documentation shows, and says when it is ready. Nothing else. */
onmessage = async ({ data: { base } }) => {
  const { loadPyodide } = await import(`${base}pyodide.mjs`);
  await loadPyodide({ indexURL: base });
  postMessage(null);
};
