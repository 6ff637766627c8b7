// Wagtail's editor of a lesson: the phone beside the text from the first time on, and notes that follow what is saved.
// A plain script and not a module: it must have run before Wagtail asks what was open.
(() => {
  const open = 'wagtail:side-panel-open';
  try {
    const isWide = window.innerWidth >= 1000;
    if (isWide && localStorage.getItem(open) === null) localStorage.setItem(open, 'preview');
  } catch { /* a browser that keeps nothing: then it opens by a press */ }

  async function renew() {
    const panel = document.querySelector('[data-checks-url]');
    if (!panel?.dataset.checksUrl) return;
    try {
      const answer = await fetch(panel.dataset.checksUrl, { headers: { 'X-Requested-With': 'XMLHttpRequest' } });
      if (answer.ok) panel.innerHTML = (await answer.json()).html;
    } catch { /* the line is down: what stands there is a little older */ }
  }

  document.addEventListener('w-autosave:success', renew);
})();
