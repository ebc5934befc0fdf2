// Python starts while the page is still being built: the kernel's worker is made at once, and the kernel, when it comes
// to make one, gets this. start_python.js stands at the head of that worker.
(() => {
  const address = new URL('$worker', import.meta.url), Plain = self.Worker;
  if (self.crossOriginIsolated || !/\/(lab|notebooks)\/(index\.html)?\?.*path=/.test(location.href)) return;
  let early = new Plain(address);
  self.Worker = function (asked, options) {
    if (!early || new URL(asked, location.href).pathname !== address.pathname) return new Plain(asked, options);
    const worker = early;
    early = null;
    return worker;
  };
  self.Worker.prototype = Plain.prototype;
})();

