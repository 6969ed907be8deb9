// Times as the patient's own clock shows them.
//
//   node --test tests/web/local_time.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { localTime } = await load('fhir/local_time.ts');

test('a time has its zone, and is the same moment', () => {
  const moment = new Date('2026-03-01T23:30:00Z');
  for (const [zone, written] of [
    ['UTC', '2026-03-01T23:30:00+00:00'],
    ['Europe/Berlin', '2026-03-02T00:30:00+01:00'],
    ['America/St_Johns', '2026-03-01T20:00:00-03:30'],
    ['Asia/Kathmandu', '2026-03-02T05:15:00+05:45'],
  ]) {
    process.env.TZ = zone;
    assert.equal(localTime(moment), written, zone);
    assert.equal(new Date(written).getTime(), moment.getTime());
  }
});
