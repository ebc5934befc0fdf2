// A notebook that is kept in the browser keeps its pictures. JupyterLite writes notebooks into IndexedDB with the
// widgets of a Python that ends with the page; later each would be the line "Error displaying widget". So an output that
// carries a poster or a folded quiz is written without its widget view, as lessons_lib/server.py does on a server.
(() => {
  const VIEW = 'application/vnd.jupyter.widget-view+json';

  function kept(notebook) {
    const copy = structuredClone(notebook);
    let left = false;
    for (const cell of copy.cells.filter(cell => cell.cell_type === 'code')) {
      // The bar of a loop that runs while the page is saved is a view and nothing else.
      cell.outputs = cell.outputs.filter(({data}) => !data || Object.keys(data).join() !== VIEW);
      for (const {data} of cell.outputs) {
        if (data && ('image/png' in data || 'text/html' in data)) delete data[VIEW];
        left ||= data && VIEW in data; // a learner's own widget, which nothing stands in for
      }
    }
    if (!left) delete copy.metadata.widgets;
    return copy;
  }

  function keptFile(file) {
    return file?.type === 'notebook' && file.content?.cells ? {...file, content: kept(file.content)} : file;
  }

  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, ...key) {
    let written = value;
    try {
      written = Array.isArray(value) ? value.map(keptFile) : keptFile(value); // a list of checkpoints, or a file
    } catch (error) {
      console.warn('This notebook is kept with its widgets:', error);
    }
    return put.call(this, written, ...key);
  };
})();

