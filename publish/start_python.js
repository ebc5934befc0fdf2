// The head of the kernel's worker: Python, its packages and what every lesson imports are there when the kernel asks.
(() => {
  const folder = new URL('../../../../static/pyodide/', location.href).href, plain = importScripts;
  importScripts(folder + 'pyodide.js');
  const early = loadPyodide({indexURL: folder, ...$options}).then(python => {
    // The kernel first: it stands in for what others look for. Then its drive is not yet there to be searched.
    try {
      for (const line of $lines) python.runPython(line);
    } catch (error) {
      console.warn('This will be tried again by the first cell:', error.message);
    }
    return python;
  });
  importScripts = (...files) => plain(...files.filter(file => !file.endsWith('/pyodide.js')));
  loadPyodide = () => early;
})();
