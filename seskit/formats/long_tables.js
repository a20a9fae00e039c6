(() => {
  // Tables longer than twenty rows are searched and sorted where they stand. Without this script they are plain tables.
  if (window.seskitLongTables) return;
  const most = 20;
  const words = cell => (cell ? cell.textContent : '').replace(/\s+/g, ' ').trim();
  const amount = text => /^-?\$?[\d,]*\.?\d+( ?percent|%)?$/.test(text) ? parseFloat(text.replace(/[$,]/g, '')) : null;
  // A day or a month as people write it, at the beginning of a cell: 20021115 for November 15, 2002; 20021200 for December 2002.
  const months = 'January February March April May June July August September October November December'.split(' ');
  const dated = new RegExp(`^(${months.join('|')}) (?:(\\d{1,2}), )?(\\d{4})(?!\\d)`);
  const day = text => {
    const found = dated.exec(text);
    return found ? +found[3] * 10000 + (months.indexOf(found[1]) + 1) * 100 + +(found[2] || 0) : null;
  };
  const order = (one, other, turn) => {
    if (!one || !other) return Number(!one) - Number(!other);
    for (const key of [amount, day]) {
      const [first, second] = [key(one), key(other)];
      if (first !== null && second !== null) return turn * (first - second) || turn * one.localeCompare(other, 'en', {numeric: true});
      if (first !== null || second !== null) return turn * (Number(first === null) - Number(second === null));
    }
    return turn * one.localeCompare(other, 'en', {numeric: true});
  };
  const make = (name, given, ...inside) => {
    const made = document.createElement(name);
    Object.entries(given).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...inside);
    return made;
  };
  const own = control => control.setAttribute('data-lm-suppress-shortcuts', 'true');

  const ready = table => {
    const body = table.tBodies[0], head = table.tHead && table.tHead.rows[table.tHead.rows.length - 1];
    if (table.dataset.long || !head || !body || body.rows.length <= most) return;
    table.dataset.long = 'ready';
    if (table.querySelector('th button, tbody [rowspan], tbody [colspan], thead [colspan]') || table.tBodies.length > 1) return;
    const rows = [...body.rows], name = words(table.caption) || 'this table';
    const said = make('span', {role: 'status', class: 'seskit-found'});
    const box = make('input', {type: 'search', autocomplete: 'off'});
    own(box);
    const tell = more => {
      const left = rows.filter(row => !row.hidden).length;
      said.textContent = `${left === rows.length ? `${left} rows` : `${left} of ${rows.length} rows`}${more || ''}.`;
    };
    box.addEventListener('input', () => {
      const wanted = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      rows.forEach(row => {
        const held = [...row.cells].map(words).join(' ').toLowerCase();
        row.hidden = !wanted.every(word => held.includes(word));
      });
      tell();
    });
    const line = make('div', {class: 'seskit-find'}, make('label', {}, `Find in ${name} `, box), ' ', said);
    const frame = table.parentElement.matches('.wide') ? table.parentElement : table;
    frame.before(line);
    [...head.cells].forEach((header, column) => {
      const button = make('button', {type: 'button'}, ...header.childNodes);
      own(button);
      header.replaceChildren(button);
      button.addEventListener('click', () => {
        const was = header.getAttribute('aria-sort');
        const now = was === 'ascending' ? 'descending' : was === 'descending' ? '' : 'ascending';
        [...head.cells].forEach(other => other.removeAttribute('aria-sort'));
        if (now) header.setAttribute('aria-sort', now);
        const turn = now === 'descending' ? -1 : 1;
        body.append(...(now ? [...rows].sort((a, b) => order(words(a.cells[column]), words(b.cells[column]), turn)) : rows));
        tell(now ? `, sorted by ${words(button)}, ${now}` : ', as in the file');
      });
    });
    tell();
  };
  const all = () => document.querySelectorAll('table:not([data-long])').forEach(ready);
  window.seskitLongTables = new MutationObserver(all);
  window.seskitLongTables.observe(document.body, {childList: true, subtree: true});
  all();
})();
