(() => {
  if (window.seskitTended) return;
  const stack = table => {
    const head = table.tHead && table.tHead.rows.length === 1 ? [...table.tHead.rows[0].cells].map(cell => cell.textContent.trim()) : [];
    table.classList.add('seskit-met');
    if (!head.length || table.querySelector('[colspan], [rowspan]')) return;
    [...table.tBodies].forEach(body => [...body.rows].forEach(row => [...row.cells].forEach((cell, column) => {
      if (column && head[column]) cell.dataset.of = head[column];
    })));
    table.classList.add('seskit-stacks');
  };
  const open = one => one.setAttribute('aria-expanded', one.classList.contains('seskit-current'));
  const voice = document.createElement('div');
  for (const [name, value] of [['role', 'status'], ['aria-live', 'polite'], ['aria-atomic', 'true'], ['id', 'seskit-voice'],
    ['style', 'position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)']]) voice.setAttribute(name, value);
  document.body.append(voice);
  let place = null, words = [], soon = 0;
  const act = ({target}) => {
    place = target.closest?.('.seskit-view, .seskit-desk') || target.closest?.('.seskit-panel');
    voice.textContent = '';
  };
  for (const kind of ['click', 'change', 'keydown']) document.addEventListener(kind, act, true);
  const say = (one, said) => {
    if (!place?.contains(one)) return;
    words.push(said.trim());
    clearTimeout(soon);
    soon = setTimeout(() => { voice.textContent = words.join(' '); words = []; }, 200);
  };
  let pressed = null, called = '';
  const fold = () => {
    const button = document.activeElement?.closest('.seskit-fold'), now = button?.textContent;
    if (button && button === pressed && now !== called) { words = []; say(button, now); }
    [pressed, called] = [button, now];
  };
  new MutationObserver(changes => changes.forEach(({target}) => target.matches('.seskit-opens') && open(target))).observe(
    document.body, {attributeFilter: ['class'], subtree: true});
  const tend = () => document.querySelectorAll('.seskit-panel').forEach(panel => {
    panel.querySelectorAll('select, button, input[type=checkbox]').forEach(
      control => control.setAttribute('data-lm-suppress-shortcuts', 'true'));
    panel.querySelectorAll('.seskit-landing:not([tabindex])').forEach(one => {
      one.setAttribute('tabindex', '-1');
      one.setAttribute('data-lm-suppress-shortcuts', 'true');
    });
    panel.querySelectorAll('.seskit-field > :is(input, select, textarea)').forEach(box => {
      if (box.parentElement.querySelector(':scope > label .seskit-wrong')) box.setAttribute('aria-invalid', 'true');
      else box.removeAttribute('aria-invalid');
    });
    panel.querySelectorAll('.seskit-opens').forEach(open);
    panel.querySelectorAll('.seskit-status[role]').forEach(said => {
      if (!said.parentElement.hasAttribute('role')) say(said, [...said.children].map(line => line.textContent).join(' '));
      for (const name of ['role', 'aria-live', 'aria-atomic']) {
        said.parentElement.setAttribute(name, said.getAttribute(name));
        said.removeAttribute(name);
      }
    });
  });
  let last = null;
  const controls = desk => [...desk.querySelectorAll('select, button, input, textarea, summary, a[href]')].filter(
    one => !one.disabled && one.getClientRects().length);
  document.addEventListener('focusin', event => {
    const panel = event.target.closest('.seskit-desk') || event.target.closest('.seskit-panel');
    last = panel && {panel, control: event.target, place: controls(panel).indexOf(event.target)};
    uncover(event.target);
    fold();
  });
  document.addEventListener('input', event => {
    const box = event.target;
    if (!box.closest('.seskit-panel') || !box.matches('input[type=text], textarea') || Object.hasOwn(box, 'value')) return;
    const {get} = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), 'value');
    let written = null;
    Object.defineProperty(box, 'value', {configurable: true, get() { return get.call(box); }, set(value) { written = value; }});
    const leave = ended => {
      box.removeEventListener('change', leave, true);
      box.removeEventListener('blur', leave, true);
      delete box.value;
      if (ended.type === 'blur' && written !== null) box.value = written;
    };
    box.addEventListener('change', leave, true);
    box.addEventListener('blur', leave, true);
  }, true);
  const uncover = control => {
    const field = control.closest('.seskit-field'), bar = field && field.closest('.seskit-form')?.querySelector(':scope > .seskit-brief');
    if (!bar || !bar.getClientRects().length || getComputedStyle(bar).position !== 'sticky') return;
    if (field.getBoundingClientRect().bottom > bar.getBoundingClientRect().top) field.scrollIntoView({block: 'nearest'});
  };
  const keep = () => {
    if (!last || last.control.isConnected || !last.panel.isConnected || document.activeElement !== document.body) return;
    const now = controls(last.panel);
    (now[last.place] || now[0])?.focus();
  };
  const begin = () => document.querySelectorAll('.jp-Notebook .seskit-course:not([data-begun])').forEach(panel => {
    if (!controls(panel).length) return;
    panel.setAttribute('data-begun', '');
    if (!document.activeElement.closest('.seskit-panel')) (panel.querySelector('.seskit-page') || controls(panel)[0]).focus();
  });
  const arrive = () => document.querySelectorAll('button.seskit-arrived:not([data-heard])').forEach(arrived => {
    arrived.setAttribute('data-heard', '');
    setTimeout(() => arrived.click(), 50);
  });
  const uncounted = () => document.querySelectorAll('button.seskit-upload, .seskit-upload button').forEach(button => {
    const words = button.lastChild;
    if (!words || words.nodeType !== 3) return;
    const said = words.data.replace(/ \(\d+\)$/, '');
    if (said !== words.data) words.data = said;
  });
  let waiting = 0;
  const all = () => {
    tend();
    uncounted();
    fold();
    clearTimeout(waiting);
    waiting = setTimeout(() => { keep(); begin(); arrive(); }, 120);
    document.querySelectorAll(':is(.seskit-panel, .seskit-view) table:not(.seskit-met)').forEach(stack);
  };
  window.seskitTended = new MutationObserver(all);
  window.seskitTended.observe(document.body, {childList: true, subtree: true});
  all();
})()
