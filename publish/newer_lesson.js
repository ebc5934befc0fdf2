// Who has saved a lesson in this browser keeps that copy. Where the site has a newer version, a word says so, on the
// lesson's card and in the lesson; the card starts it anew and keeps the copy under another name.
{
  const VERSIONS = $versions, ROOT = $root;

  const answer = request => new Promise((go, fail) => {
    request.onsuccess = () => go(request.result);
    request.onerror = () => fail(request.error);
  });

  function open() {
    const asked = indexedDB.open(`JupyterLite Storage - ${ROOT.pathname}`);
    asked.onupgradeneeded = () => asked.transaction.abort(); // nothing was kept yet: leave it so
    return answer(asked);
  }

  const files = store => store.transaction('files').objectStore('files');
  const isOlder = (file, name) => !!file?.content && file.content.metadata?.lesson_version !== VERSIONS[name];

  async function setAside(store, name) {
    const writing = store.transaction(['files', 'checkpoints'], 'readwrite');
    const kept = writing.objectStore('files'), checkpoints = writing.objectStore('checkpoints');
    const taken = await answer(kept.getAllKeys()), stem = `${name.replace(/\.ipynb$/, '')} kept `;
    const today = new Date().toLocaleDateString('sv'); // as in 2026-11-27
    let other = `${stem}${today}.ipynb`;
    for (let number = 2; taken.includes(other); number++) other = `${stem}${today} (${number}).ipynb`;
    kept.put({...await answer(kept.get(name)), name: other, path: other}, other);
    kept.delete(name);
    const older = await answer(checkpoints.get(name));
    if (older) checkpoints.put(older, other);
    checkpoints.delete(name);
    await new Promise((go, fail) => { writing.oncomplete = go; writing.onabort = fail; });
  }

  const link = (name, words) => Object.assign(document.createElement('a'), {
    href: new URL(`notebooks/index.html?path=${encodeURIComponent(name)}`, ROOT), textContent: words,
  });

  async function onCard(card) {
    const name = card.dataset.lesson, words = card.querySelector('.own'), store = await open();
    const file = await answer(files(store).get(name)), stem = name.replace(/\.ipynb$/, ' kept ');
    const copies = (await answer(files(store).getAllKeys())).filter(key => key.startsWith(stem));
    words.replaceChildren();
    if (isOlder(file, name)) {
      const button = Object.assign(document.createElement('button'), {textContent: 'Start it anew and keep my copy'});
      button.onclick = async () => {
        await setAside(await open(), name);
        await onCard(card);
        words.focus();
      };
      words.append('The site has a newer version than the copy that you saved here. ', button);
    }
    copies.forEach((copy, number) => words.append(
      number ? ', ' : words.childNodes.length ? ' Kept: ' : 'Your copy is kept: ',
      link(copy, copy.slice(stem.length, -'.ipynb'.length))));
    store.close();
  }

  async function inLesson(name) {
    const store = await open(), file = await answer(files(store).get(name));
    store.close();
    if (!isOlder(file, name)) return;
    const words = Object.assign(document.createElement('div'), {className: 'newer-lesson'});
    words.setAttribute('role', 'status');
    words.style = 'position: fixed; bottom: 0; left: 0; right: 0; z-index: 10; padding: .6em 1em; font: 16px sans-serif; '
      + 'background: #fff3cd; color: #000; border-top: 1px solid #888';
    const start = Object.assign(document.createElement('a'), {
      href: new URL(`index.html#${name}`, ROOT), textContent: 'start it anew from the first page', style: 'color: #00558c',
    });
    const button = Object.assign(document.createElement('button'), {textContent: 'Go on with my copy'});
    button.onclick = () => words.remove();
    words.append('This is the copy that you saved; the site has a newer version. Your copy is kept when you ', start, '. ', button);
    document.body.append(words);
  }

  const cards = document.querySelectorAll('li[data-lesson]'), name = new URLSearchParams(location.search).get('path');
  const nothingKept = () => {};
  for (const card of cards) onCard(card).catch(nothingKept);
  if (!cards.length && name in VERSIONS) inLesson(name).catch(nothingKept);
}
