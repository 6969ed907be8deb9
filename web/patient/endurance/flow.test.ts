// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import * as flow from './flow.ts';

describe('the steps of an endurance session', () => {
  it('begin with warning signs where these are due, else with pain', () => {
    expect(flow.begun(true)).toStrictEqual({ kind: 'flags', on: 'start' });
    expect(flow.begun(false)).toStrictEqual({ kind: 'painBefore' });
    expect(flow.flagsAnswered(flow.begun(true), false)).toStrictEqual({ kind: 'painBefore' });
  });

  it('end for the day at a warning sign, whenever it is told', () => {
    for (const on of ['start', 'stop'] as const)
      expect(flow.flagsAnswered({ kind: 'flags', on }, true)).toStrictEqual({ kind: 'halted', why: 'redFlag' });
    expect(flow.painBeforeSaid(true)).toStrictEqual({ kind: 'halted', why: 'pain' });
  });

  it('start only from the values at rest', () => {
    expect(flow.started({ kind: 'before' })).toStrictEqual({ kind: 'live' });
    for (const kind of ['painBefore', 'prepare', 'after'] as const)
      expect(flow.started({ kind })).toStrictEqual({ kind });
  });

  it('stop at a limit, and ask about warning signs then', () => {
    const passed = ['heart-rate'] as const;
    expect(flow.limitPassed({ kind: 'before' }, passed)).toStrictEqual({ kind: 'notToday', passed });
    const stop = flow.limitPassed({ kind: 'live' }, passed);
    expect(stop).toStrictEqual({ kind: 'stopNow', passed });
    expect(flow.unwell(stop)).toStrictEqual({ kind: 'flags', on: 'stop' });
    expect(flow.limitPassed({ kind: 'after' }, passed)).toStrictEqual({ kind: 'stopNow', passed });
    expect(flow.limitPassed({ kind: 'painAfter' }, passed)).toStrictEqual({ kind: 'painAfter' });
    expect(flow.flagsAnswered(flow.unwell(stop), true)).toStrictEqual({ kind: 'halted', why: 'redFlag' });
  });

  it('ask about warning signs when the patient feels unwell, at any time of the session', () => {
    for (const kind of ['live', 'why', 'after'] as const)
      expect(flow.unwell({ kind })).toStrictEqual({ kind: 'flags', on: 'stop' });
    expect(flow.flagsAnswered({ kind: 'flags', on: 'stop' }, false)).toStrictEqual({ kind: 'after' });
  });

  it('leave the end on the screen when exercises are put on hold', () => {
    expect(flow.isOpen({ kind: 'live' })).toBe(true);
    expect(flow.isOpen({ kind: 'flags', on: 'start' })).toBe(true);
    expect(flow.isOpen({ kind: 'flags', on: 'stop' })).toBe(false);
    expect(flow.isOpen({ kind: 'result', hurt: false })).toBe(false);
  });
});
