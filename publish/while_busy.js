// A browser's Python does one thing at a time: a panel or quiz that is moved while a cell runs answers afterwards. A word
// says so, as long as a cell shows [*]; without it a slider would stand at 4 above a picture and a caption of 7.
(() => {
  const runs = () => [...document.querySelectorAll('.jp-CodeCell .jp-InputArea-prompt')]
    .some(prompt => prompt.textContent === '[*]:');
  let words = null;

  function say() {
    if (words || !runs()) return;
    words = Object.assign(document.createElement('div'), {className: 'while-busy'});
    words.setAttribute('role', 'status');
    words.style = 'position: fixed; top: 70px; left: 50%; transform: translateX(-50%); z-index: 9; padding: .5em 1em; '
      + 'font: 16px sans-serif; background: #222; color: #fff; border-radius: 4px; pointer-events: none';
    document.body.append(words);
    words.textContent = 'A cell is running: what you moved answers when it is done.';
    const watch = setInterval(() => {
      if (runs()) return;
      clearInterval(watch);
      words.remove();
      words = null;
    }, 200);
  }

  for (const kind of ['pointerup', 'keydown', 'input']) {
    document.addEventListener(kind, event => {
      if (event.key !== 'Tab' && event.target.closest?.('.lesson-panel, .lesson-quiz')) setTimeout(say, 400);
    }, true);
  }
})();

