// SPDX-License-Identifier: Apache-2.0
// The check of copied code, on a folder with one copy.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { copies } from './copies.mjs';

const BODY = Array.from({ length: 8 }, (_, i) => `  const value${i} = first(${i}) + second(${i}, 'text');`).join('\n');

test('finds code that stands in two files, with its places, and no text for people', () => {
  const root = mkdtempSync(join(tmpdir(), 'reprise-'));
  try {
    mkdirSync(join(root, 'translations'));
    for (const name of ['a.ts', 'b.ts', 'translations/c.ts'])
      writeFileSync(join(root, name), `// ${name}\nexport function f(first, second) {\n${BODY}\n}\n`);
    writeFileSync(join(root, 'other.ts'), 'export const other = (x: number) => x + 1;\n');
    const [copy, ...more] = copies(root);
    assert.deepEqual(more, []);
    assert.ok(copy.tokens >= 60);
    assert.deepEqual(
      copy.places.map((place) => place.replace(/:\d+$/, '')),
      ['a.ts', 'b.ts'],
    );
  } finally {
    rmSync(root, { recursive: true });
  }
});
