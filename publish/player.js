// Shows pictures that were drawn beforehand (drawn_frames.py) as its slider moves: no Python is loaded for it.
(() => {
  async function unpacked(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return new Response(answer.body.pipeThrough(new DecompressionStream('gzip'))).json();
  }

  async function start(player) {
    const {background, pieces, frames, captions, values} = await unpacked(player.dataset.frames);
    const slider = player.querySelector('input');
    const [number, picture, caption, spoken] =
      ['.value', '.picture', '.caption', '[role=status]'].map(name => player.querySelector(name));
    picture.innerHTML = `<div>${background}</div><div></div>`;
    let pause;
    function show() {
      const place = slider.value, said = captions[place];
      picture.lastChild.innerHTML = frames[place].map(piece => pieces[piece]).join('');
      number.textContent = values[place];
      slider.setAttribute('aria-valuetext', values[place]);
      picture.setAttribute('aria-label', said);
      caption.textContent = said;
      clearTimeout(pause);
      pause = setTimeout(() => { spoken.textContent = said; }, 500);
    }
    slider.addEventListener('input', show);
    show();
    clearTimeout(pause); // nobody has moved anything yet
    player.classList.add('alive');
  }

  // Where this fails, the poster stays, without a slider that would move nothing.
  const begin = player => start(player).catch(error => {
    player.classList.add('still');
    console.warn('This picture stands still:', error);
  });
  const near = new IntersectionObserver(seen => {
    for (const {target} of seen.filter(entry => entry.isIntersecting)) {
      near.unobserve(target);
      begin(target);
    }
  }, {rootMargin: '300px'});
  for (const player of document.querySelectorAll('.player')) near.observe(player);
})();
