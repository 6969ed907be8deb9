// SPDX-License-Identifier: Apache-2.0
// Remote monitoring without a browser: a device's clock as offsets, the written resources, and the timer's rules.

import { describe, expect, it } from 'vitest';
import { zoneBetween } from '../../fhir/wall_time.ts';
import { touch, pass, leave, INITIAL, IDLE_MS } from './chart_watch.ts';
import * as forms from './forms.ts';

describe('remote monitoring', () => {
  it('a clock is its offsets, each from the minute on in which it changed', () => {
    const zone = (name, from, to) => {
      process.env.TZ = name;
      return zoneBetween(Date.parse(from), Date.parse(to)).map(({ from_ms, offset_minutes }) => [
        new Date(from_ms).toISOString().slice(0, 16),
        offset_minutes,
      ]);
    };
    expect(zone('America/New_York', '2026-01-01T12:34:56Z', '2026-12-31T00:00:00Z')).toStrictEqual([
      ['2026-01-01T12:34', -300],
      ['2026-03-08T07:00', -240],
      ['2026-11-01T06:00', -300],
    ]);
    expect(zone('Australia/Lord_Howe', '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z')).toStrictEqual([
      ['2026-01-01T00:00', 660],
      ['2026-04-04T15:00', 630],
    ]);
    expect(zone('Asia/Kathmandu', '2025-01-01T00:00:00Z', '2026-12-31T00:00:00Z')).toStrictEqual([
      ['2025-01-01T00:00', 345],
    ]);
  });

  /** What a day in the chart comes to: [start, end] of each stretch, in seconds. Steps: [seconds, what]. */
  function stretches(...steps) {
    let watch = INITIAL;
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

  it('time runs while the user touches something now and then, and ends where they leave', () => {
    expect(stretches([0, 'touch'], [60, 'touch'], [150, 'touch'], [200, 'leave'])).toStrictEqual([[0, 200]]);
    expect(stretches([0, 'leave'], [5, 'pass']), 'nothing begins by itself').toStrictEqual([]);
    const idle = IDLE_MS / 1000;
    expect(stretches([0, 'touch'], [30, 'touch'], [30 + idle, 'leave']), 'reading is work').toStrictEqual([
      [0, 30 + idle],
    ]);
  });

  it('who is idle stopped when they last touched something', () => {
    const ticks = Array.from({ length: 40 }, (_, i) => [30 + 5 * (i + 1), 'pass']);
    expect(stretches([0, 'touch'], [30, 'touch'], ...ticks, [300, 'touch'], [310, 'leave'])).toStrictEqual([
      [0, 30],
      [300, 310],
    ]);
  });

  it('a computer that slept, or whose clock was set back, counts no idle time', () => {
    expect(stretches([0, 'touch'], [5, 'pass'], [20_000, 'pass'])).toStrictEqual([[0, 0]]);
    expect(stretches([0, 'touch'], [20, 'touch'], [20_000, 'touch'], [20_060, 'leave'])).toStrictEqual([
      [0, 20],
      [20_000, 20_060],
    ]);
    expect(stretches([1000, 'touch'], [1030, 'touch'], [1035, 'pass'], [500, 'touch'], [560, 'leave'])).toStrictEqual([
      [1000, 1030],
      [500, 560],
    ]);
  });

  it('an entry is in the record once, and changes only the version that the user saw', () => {
    process.env.TZ = 'Europe/Berlin';
    const about = { patient: 'p', practitioner: 'k', simulated: true };
    const [entry] = JSON.parse(forms.timeBundle(about, 'x', new Date('2026-03-02T08:00:00Z'), 12.5)).entry;
    expect(entry.resource.executionPeriod).toStrictEqual({
      start: '2026-03-02T09:00:00+01:00',
      end: '2026-03-02T09:12:30+01:00',
    });
    expect(entry.request.ifNoneExist).toBe('identifier=urn:ietf:rfc:3986%7Curn:uuid:x');
    expect(entry.resource.meta.tag[0].code).toBe('simulated');
    const task: any = {
      resourceType: 'Task',
      id: 't',
      meta: { versionId: '3' },
      status: 'completed',
      code: { text: 'kept' },
    };
    const [corrected] = JSON.parse(forms.correctedTime(task, new Date('2026-03-02T08:00:00Z'), 5)).entry;
    expect(corrected.request).toStrictEqual({ method: 'PUT', url: 'Task/t', ifMatch: 'W/"3"' });
    expect(corrected.resource.code.text).toBe('kept');
    expect(JSON.parse(forms.wrongTime(task)).entry[0].resource.status).toBe('entered-in-error');
  });

  it('a device status is one statement, beside all else that a clinic says', () => {
    const clinic: any = {
      resourceType: 'Organization',
      id: 'o',
      extension: [{ url: 'urn:reprise:emergency-number', valueString: '112' }],
    };
    const said = JSON.parse(forms.deviceBundle(clinic, '2026-01-15', ' by counsel ')).entry[0].resource;
    expect(forms.deviceSince(said)).toBe('2026-01-15');
    expect([
      said.extension.length,
      said.extension[0].valueString,
      said.extension[1].extension[2].valueString,
    ]).toStrictEqual([2, '112', 'by counsel']);
    expect(forms.deviceSince(JSON.parse(forms.deviceBundle(said, undefined, '')).entry[0].resource)).toBe(undefined);
    expect(
      forms.deviceSince({ ...said, extension: [...said.extension, ...said.extension] }),
      'two that may contradict each other are none',
    ).toBe(undefined);
    expect(
      'extension' in
        JSON.parse(forms.deviceBundle({ resourceType: 'Organization', id: 'o' }, undefined, '')).entry[0].resource,
    ).toBe(false);
  });
});
