(() => {
  if (window.seskitOpening) return;
  window.seskitOpening = true;
  const rules = document.createElement('style');
  rules.textContent = `
    .seskit-walk .jp-Cell-inputWrapper:has(.jp-InputPlaceholder) {display: none}
    .seskit-walk .jp-CodeCell:has(.jp-InputPlaceholder):not(:has(.jp-OutputArea-output)) {display: none}
    .seskit-walk .jp-OutputArea-child:has(> .jp-RenderedJavaScript) {display: none}
    .seskit-walk .jp-OutputPrompt {visibility: hidden}
    .seskit-walk .jp-OutputArea-output details {overflow-x: auto}
    @media (max-width: 640px) {
      .seskit-walk .jp-OutputPrompt, .seskit-walk .jp-InputPrompt, .seskit-walk .jp-Collapser {display: none}
      .seskit-walk .jp-OutputArea-output, .seskit-walk .jp-Cell {padding-left: 0; padding-right: 0; min-width: 0}
    }`;
  document.head.append(rules);
  const mark = () => {
    document.querySelectorAll('.jp-Notebook:not(.seskit-walk) .seskit-desk').forEach(
      desk => desk.closest('.jp-Notebook').classList.add('seskit-walk'));
  };
  new MutationObserver(mark).observe(document.body, {childList: true, subtree: true});
  mark();
  document.addEventListener('click', event => {
    const link = event.target.closest && event.target.closest('a.seskit-open');
    if (!link) return;
    event.preventDefault();
    const [, data] = link.href.split(',');
    const bytes = Uint8Array.from(atob(data), character => character.charCodeAt(0));
    window.open(URL.createObjectURL(new Blob([bytes], {type: 'text/html'})), '_blank', 'noopener');
  }, true);
})()
