// The ring that keeps the pace.
//
//   node --test tests/web/tempo.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { paced } = await load('patient/session/tempo.ts');
const pace = { out_s: 2, hold_s: 1, back_s: 3 };

test('who keeps the pace goes out, stays and comes back', () => {
  const at = (seconds) => Number(paced(pace, seconds).toFixed(3));
  assert.deepEqual([0, 1, 2, 2.5, 3, 4.5, 6, 60].map(at), [0, 0.5, 1, 1, 1, 0.5, 0, 0]);
});

test('never past the target, and never back before it was reached', () => {
  let last = 0;
  for (let seconds = 0; seconds < 10; seconds += 0.05) {
    const share = paced(pace, seconds);
    assert.ok(share >= 0 && share <= 1);
    if (seconds <= 2) assert.ok(share >= last);
    last = share;
  }
});
