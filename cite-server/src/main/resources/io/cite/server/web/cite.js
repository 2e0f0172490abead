// One stream keeps a page's content up to date. It is closed while the tab is hidden, because a
// browser has few connections for each server. The server sends the whole content when it begins.
(() => {
  'use strict';
  const stream = () => document.getElementById('stream');
  const truth = () => document.getElementById('truth');
  let seen = Date.now();
  let broken = false;

  function tell() {
    const line = truth();
    if (!line) return;
    const seconds = Math.round((Date.now() - seen) / 1000);
    const text = broken ? line.dataset.lost : document.hidden ? '' : line.dataset.live;
    const shown = text.replace('{0}', String(seconds));
    if (line.textContent !== shown) line.textContent = shown;
    line.classList.toggle('lost', broken);
  }

  function close() {
    const element = stream();
    if (element) htmx.trigger(element, 'htmx:beforeCleanupElement');
  }

  function open() {
    const element = stream();
    if (!element) return;
    const fresh = element.cloneNode(false);
    element.replaceWith(fresh);
    htmx.process(fresh);
  }

  document.addEventListener('visibilitychange', () => (document.hidden ? close() : open()));
  window.addEventListener('pagehide', close);
  document.addEventListener('htmx:sseOpen', () => { broken = false; seen = Date.now(); tell(); });
  document.addEventListener('htmx:sseMessage', () => { broken = false; seen = Date.now(); tell(); });
  document.addEventListener('htmx:sseError', () => { broken = true; tell(); });
  if (document.getElementById('truth')) setInterval(tell, 1000);

  // A second press of a button must not order twice.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.method !== 'post') return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = 'yes';
    form.setAttribute('aria-busy', 'true');
  });
  window.addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sent]').forEach((form) => {
      delete form.dataset.sent;
      form.removeAttribute('aria-busy');
    });
  });

  // A line to copy.
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-copy]') : null;
    if (!button || !navigator.clipboard) return;
    const source = document.getElementById(button.dataset.copy);
    navigator.clipboard.writeText(source.textContent).then(() => {
      button.textContent = button.dataset.done;
    });
  });

  // Keys: none of them does harm.
  document.addEventListener('keydown', (event) => {
    const target = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.closest('input, textarea, select')) return;
    const rows = [...document.querySelectorAll('[data-row]')];
    const at = rows.indexOf(document.activeElement);
    if (event.key === '/') {
      const search = document.querySelector('input[type=search]');
      if (search) { search.focus(); event.preventDefault(); }
    } else if (event.key === 'j' && rows.length) {
      rows[Math.min(at + 1, rows.length - 1)].focus();
    } else if (event.key === 'k' && rows.length) {
      rows[Math.max(at - 1, 0)].focus();
    }
  });
})();
