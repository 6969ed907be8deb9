// Reads a chart's values under the pointer, or with the arrow keys. The page is complete without it.
(() => {
  'use strict';
  const parse = (polyline) => polyline.getAttribute('points').split(' ').map((p) => p.split(',').map(Number));

  for (const plot of document.querySelectorAll('.plot[data-from]')) {
    const { from, to, low, high, unit, none, scale } = plot.dataset;
    const lines = [...plot.querySelectorAll('g[data-name]')].map((g) => ({
      name: g.dataset.name,
      runs: [...g.querySelectorAll('polyline')].map(parse),
    }));
    const repetitions = [...plot.querySelectorAll('rect[data-n]')].map((r) => ({
      n: r.dataset.n,
      left: Number(r.getAttribute('x')),
      right: Number(r.getAttribute('x')) + Number(r.getAttribute('width')),
    }));
    const decimals = plot.dataset.decimals ?? (unit ? 0 : 2);
    const cursor = Object.assign(document.createElement('div'), { className: 'cursor', hidden: true });
    const readout = Object.assign(document.createElement('div'), { className: 'readout', hidden: true });
    readout.setAttribute('aria-live', 'polite');
    plot.append(cursor, readout);
    plot.tabIndex = 0;
    let at = 0;

    // The value of a line at x, between two neighboring points of one run.
    const valueAt = (line, x) => {
      for (const run of line.runs) {
        if (x < run[0][0] || x > run[run.length - 1][0]) continue;
        let i = run.findIndex((p) => p[0] >= x);
        if (i < 1) i = Math.min(1, run.length - 1);
        const [a, b] = [run[Math.max(0, i - 1)], run[i]];
        const y = b[0] > a[0] ? a[1] + ((b[1] - a[1]) * (x - a[0])) / (b[0] - a[0]) : b[1];
        return Number(high) - (y / 300) * (high - low);
      }
      return undefined;
    };

    const show = (x) => {
      at = Math.min(1000, Math.max(0, x));
      const seconds = Number(from) + (at / 1000) * (to - from);
      const parts = [`${seconds.toFixed(1)} s`];
      for (const line of scale === 'none' ? [] : lines) {
        const value = valueAt(line, at);
        const text = value === undefined ? none : value.toFixed(decimals).replace('-', '−') + unit;
        parts.push(`${line.name} ${text}`.trim());
      }
      const inside = repetitions.filter((r) => at >= r.left && at <= r.right).map((r) => r.n);
      if (inside.length > 0) parts.push(`No. ${inside.join(', ')}`);
      readout.textContent = parts.join('  ·  ');
      cursor.style.left = `${at / 10}%`;
      cursor.hidden = readout.hidden = false;
      const room = plot.clientWidth - readout.offsetWidth;
      readout.style.left = `${Math.max(0, Math.min(room, (at / 1000) * plot.clientWidth - readout.offsetWidth / 2))}px`;
    };
    const hide = () => { cursor.hidden = readout.hidden = true; };

    const under = (event) => ((event.clientX - plot.getBoundingClientRect().left) / plot.clientWidth) * 1000;
    plot.addEventListener('pointermove', (event) => show(under(event)));
    plot.addEventListener('pointerdown', (event) => show(under(event)));
    plot.addEventListener('pointerleave', (event) => { if (event.pointerType === 'mouse') hide(); });
    plot.addEventListener('blur', hide);
    plot.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -5, ArrowRight: 5 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      show(at + step);
    });
  }
})();
