// Remote monitoring's parts that need no browser: a device's clock as offsets, what is written down, and the timer's
// rules.
//
//   node --test tests/web/remote_monitoring_parts.mjs

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './typescript.mjs';

const { zoneBetween } = await load('clinician/remote_monitoring/zone.ts');
const { touch, pass, leave, nothing, IDLE_MS } = await load('clinician/remote_monitoring/chart_watch.ts');
const forms = await load('clinician/remote_monitoring/forms.ts');

test('a clock is its offsets, each from the minute on in which it changed', () => {
  const zone = (name, from, to) => {
    process.env.TZ = name;
    return zoneBetween(Date.parse(from), Date.parse(to)).map(({ from_ms, offset_minutes }) => [
      new Date(from_ms).toISOString().slice(0, 16),
      offset_minutes,
    ]);
  };
  assert.deepEqual(zone('America/New_York', '2026-01-01T12:34:56Z', '2026-12-31T00:00:00Z'), [
    ['2026-01-01T12:34', -300],
    ['2026-03-08T07:00', -240],
    ['2026-11-01T06:00', -300],
  ]);
  assert.deepEqual(zone('Australia/Lord_Howe', '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z'), [
    ['2026-01-01T00:00', 660],
    ['2026-04-04T15:00', 630],
  ]);
  assert.deepEqual(zone('Asia/Kathmandu', '2025-01-01T00:00:00Z', '2026-12-31T00:00:00Z'), [['2025-01-01T00:00', 345]]);
});

/** What a day in the chart comes to: [start, end] of each stretch, in seconds. Steps: [seconds, what]. */
function stretches(...steps) {
  let watch = nothing;
  const closed = [];
  let made = 0;
  for (const [at, what] of steps) {
    const step =
      what === 'touch'
        ? touch(watch, at * 1000, () => `s${++made}`)
        : what === 'leave'
          ? leave(watch, at * 1000)
          : pass(watch, at * 1000);
    watch = step.watch;
    if (step.closed) closed.push([step.closed.start / 1000, step.closed.end / 1000]);
  }
  return closed;
}

test('time runs while somebody touches something now and then, and ends where they leave', () => {
  assert.deepEqual(stretches([0, 'touch'], [60, 'touch'], [150, 'touch'], [200, 'leave']), [[0, 200]]);
  assert.deepEqual(stretches([0, 'leave'], [5, 'pass']), [], 'nothing begins by itself');
  const idle = IDLE_MS / 1000;
  assert.deepEqual(stretches([0, 'touch'], [30, 'touch'], [30 + idle, 'leave']), [[0, 30 + idle]], 'reading is work');
});

test('who is idle stopped when they last touched something', () => {
  const ticks = Array.from({ length: 40 }, (_, i) => [30 + 5 * (i + 1), 'pass']);
  assert.deepEqual(stretches([0, 'touch'], [30, 'touch'], ...ticks, [300, 'touch'], [310, 'leave']), [
    [0, 30],
    [300, 310],
  ]);
});

test('a computer that slept, or whose clock was set back, counts no time that nobody worked', () => {
  assert.deepEqual(stretches([0, 'touch'], [5, 'pass'], [20_000, 'pass']), [[0, 0]]);
  assert.deepEqual(stretches([0, 'touch'], [20, 'touch'], [20_000, 'touch'], [20_060, 'leave']), [
    [0, 20],
    [20_000, 20_060],
  ]);
  assert.deepEqual(stretches([1000, 'touch'], [1030, 'touch'], [1035, 'pass'], [500, 'touch'], [560, 'leave']), [
    [1000, 1030],
    [500, 560],
  ]);
});

test('what is written down is in the record once, and changes only what was seen', () => {
  process.env.TZ = 'Europe/Berlin';
  const about = { patient: 'p', practitioner: 'k', simulated: true };
  const [entry] = JSON.parse(forms.timeBundle(about, 'x', new Date('2026-03-02T08:00:00Z'), 12.5)).entry;
  assert.deepEqual(entry.resource.executionPeriod, {
    start: '2026-03-02T09:00:00+01:00',
    end: '2026-03-02T09:12:30+01:00',
  });
  assert.equal(entry.request.ifNoneExist, 'identifier=urn:ietf:rfc:3986%7Curn:uuid:x');
  assert.equal(entry.resource.meta.tag[0].code, 'simulated');
  const task = { resourceType: 'Task', id: 't', meta: { versionId: '3' }, status: 'completed', code: { text: 'kept' } };
  const [corrected] = JSON.parse(forms.correctedTime(task, new Date('2026-03-02T08:00:00Z'), 5)).entry;
  assert.deepEqual(corrected.request, { method: 'PUT', url: 'Task/t', ifMatch: 'W/"3"' });
  assert.equal(corrected.resource.code.text, 'kept');
  assert.equal(JSON.parse(forms.wrongTime(task)).entry[0].resource.status, 'entered-in-error');
});

test('a device status is one statement, beside all else that a clinic says', () => {
  const clinic = {
    resourceType: 'Organization',
    id: 'o',
    extension: [{ url: 'urn:reprise:emergency-number', valueString: '112' }],
  };
  const said = JSON.parse(forms.deviceBundle(clinic, '2026-01-15', ' by counsel ')).entry[0].resource;
  assert.equal(forms.deviceSince(said), '2026-01-15');
  assert.deepEqual(
    [said.extension.length, said.extension[0].valueString, said.extension[1].extension[2].valueString],
    [2, '112', 'by counsel'],
  );
  assert.equal(forms.deviceSince(JSON.parse(forms.deviceBundle(said, undefined, '')).entry[0].resource), undefined);
  assert.equal(
    forms.deviceSince({ ...said, extension: [...said.extension, ...said.extension] }),
    undefined,
    'two that may contradict each other are none',
  );
  assert.equal(
    'extension' in
      JSON.parse(forms.deviceBundle({ resourceType: 'Organization', id: 'o' }, undefined, '')).entry[0].resource,
    false,
  );
});
