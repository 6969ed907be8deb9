// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colors_in, sizes_in } from './design_values.mjs';

const lines = (places) => places.map(({ line }) => line);

test('finds the colors of a style sheet', () => {
  const sheet = `a {
  color: #0a6a8a;
  fill: #FFF;
  background: linear-gradient(#a7dcf2, #fdf3d880);
  box-shadow: 0 0 1px rgb(0 0 0 / 80%);
  border: 1px solid white;
}`;
  assert.deepEqual(lines(colors_in(sheet, true)), [2, 3, 4, 4, 5, 6]);
});

test('lets values of the design and names of elements be', () => {
  const sheet = `/* #fff, rgb(0 0 0) */
#add, a#fade { color: var(--text); }
.white { fill: url(#hatch-gap); background: color-mix(in srgb, var(--veil) 86%, transparent); }
b { border-inline-start: 3px dashed var(--mantine-color-green-8); color: currentColor; white-space: nowrap; }`;
  assert.deepEqual(colors_in(sheet, true), []);
});

test('finds the colors of a program, and no private members, comments or entities', () => {
  const source = `const INK = '#1f2a30';
pen.fillStyle = \`rgba(0, 20, 30, .55)\`;
this.#abc = 'x'; // as '#fff' was
const text = '&#228; #welcome [#1234567]';
style('color:#ccc}b{fill:#0a6a8a');`;
  assert.deepEqual(lines(colors_in(source, false)), [1, 2, 5, 5]);
});

test('finds sizes that have a name', () => {
  const sheet = `a { font-size: 0.875rem; border-radius: .5rem; }
b { font-size: 1.125rem;
  border-radius: 50%; font-size: 0.8125rem; font-size: var(--type-body); padding: 1rem; }`;
  assert.deepEqual(
    sizes_in(sheet).map(({ line, name }) => `${line} ${name}`),
    ['1 var(--type-small)', '1 var(--radius-small)', '2 var(--type-heading)'],
  );
});
