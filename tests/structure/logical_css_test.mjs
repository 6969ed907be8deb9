// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sides_in } from './logical_css.mjs';

const lines = (sheet) => sides_in(sheet).map(({ line }) => line);

test('names the sides that a style sheet says', () => {
  const sheet = `a {
  margin-left: auto;
  border-top-right-radius: 4px;
  left: 0;
  text-align: right;
  margin: 0 1rem 0.5rem 0;
  inset: 0 auto auto calc(1rem + (2 * var(--a)));
}`;
  assert.deepEqual(lines(sheet), [2, 3, 4, 5, 6, 7]);
});

test('lets beginnings, ends and equal sides be', () => {
  const sheet = `/* left: 0; */
a[data-place="left"] {
  margin-inline-start: auto;
  inset-inline: 0;
  text-align: start;
  margin: 1px 2px 3px 2px;
  padding: min(1rem, 2vw) min(1rem, 4vw);
  transition: left 1s;
}`;
  assert.deepEqual(lines(sheet), []);
});
