// The head of the kernel's worker: Python, its packages and what every lesson imports are there when the kernel asks.
(() => {
  const folder = new URL('../../../../static/pyodide/', location.href).href, plain = importScripts;
  const whole = fetch(folder + 'at_start.gz').then(answer =>
    new Response(answer.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer());
  importScripts(folder + 'pyodide.js');

  // browser_python.py packed them, and says how.
  const unpack = (python, bytes) => {
    let at = 4 + new DataView(bytes.buffer).getUint32(0, true);
    const files = JSON.parse(new TextDecoder().decode(bytes.subarray(4, at))), made = new Set();
    for (const [name, size] of files) {
      const path = '/lib/python3.12/site-packages/' + name, parent = path.slice(0, path.lastIndexOf('/'));
      if (!made.has(parent)) python.FS.mkdirTree(parent);
      made.add(parent);
      python.FS.writeFile(path, bytes.subarray(at, at + size), {canOwn: true});
      at += size;
    }
    python.runPython('import importlib; importlib.invalidate_caches()');
  };

  const early = loadPyodide({indexURL: folder, env: $env}).then(async python => {
    unpack(python, new Uint8Array(await whole));
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
