// While somebody reads this page, the browser fetches what Python starts from in the first lesson.
(() => {
  if (navigator.connection?.saveData) return;
  const signs = ['pointermove', 'touchstart', 'keydown', 'scroll'];
  function load() {
    for (const sign of signs) removeEventListener(sign, load);
    for (const file of ['pyodide.asm.wasm', 'pyodide.asm.js', 'python_stdlib.zip', 'at_start.gz']) {
      document.head.append(Object.assign(document.createElement('link'), {rel: 'prefetch', href: `static/pyodide/${file}`}));
    }
  }
  for (const sign of signs) addEventListener(sign, load, {passive: true});
})();
