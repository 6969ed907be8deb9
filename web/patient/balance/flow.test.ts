// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import * as flow from './flow.ts';
import type { Step } from './flow.ts';

const ALL: Step[] = [
  { kind: 'flags', on: 'start' },
  { kind: 'painBefore' },
  { kind: 'prepare' },
  { kind: 'place' },
  { kind: 'ready', again: false },
  { kind: 'hold' },
  { kind: 'told' },
  { kind: 'why' },
  { kind: 'painAfter' },
  { kind: 'result', hurt: false },
  { kind: 'sent', hurt: false },
  { kind: 'halted', why: 'redFlag' },
];

describe('a balance session', () => {
  it('goes from the questions over its holds to the result', () => {
    let step: Step = flow.begun(true, false);
    expect(step).toStrictEqual({ kind: 'flags', on: 'start' });
    step = flow.flagsAnswered(step, false);
    expect(step.kind).toBe('painBefore');
    expect(flow.painBeforeSaid(false).kind).toBe('prepare');
    step = flow.started(flow.placed({ kind: 'place' }));
    expect(step.kind).toBe('hold');
    step = flow.held(step, 2);
    expect(step).toStrictEqual({ kind: 'ready', again: false });
    step = flow.asked(flow.started(step));
    expect(step.kind).toBe('told');
    expect(flow.held(step, 0).kind).toBe('painAfter');
    expect(flow.painAfterSaid(true)).toStrictEqual({ kind: 'result', hurt: true });
  });

  it('never starts a hold by itself', () => {
    for (const step of ALL) if (step.kind !== 'ready') expect(flow.started(step)).toBe(step);
  });

  it('repeats a hold that was interrupted, and counts none twice', () => {
    expect(flow.interrupted({ kind: 'hold' }, true)).toStrictEqual({ kind: 'ready', again: true });
    for (const step of ALL) {
      if (step.kind !== 'hold') expect(flow.interrupted(step, true)).toBe(step);
      if (step.kind !== 'hold' && step.kind !== 'told') expect(flow.held(step, 1)).toBe(step);
    }
  });

  it('asks about warning signs where the patient feels unwell, and reports the holds until then', () => {
    for (const kind of ['ready', 'hold', 'told', 'why'] as const) {
      const step = ALL.find((one) => one.kind === kind) as Step;
      expect(flow.unwell(step)).toStrictEqual({ kind: 'flags', on: 'stop' });
    }
    expect(flow.flagsAnswered({ kind: 'flags', on: 'stop' }, false).kind).toBe('painAfter');
    expect(flow.flagsAnswered({ kind: 'flags', on: 'stop' }, true).kind).toBe('halted');
    expect(flow.enough(flow.stopped({ kind: 'hold' })).kind).toBe('painAfter');
  });

  it('is closed by a hold of the record until it has ended', () => {
    expect(ALL.filter(flow.isOpen).map(({ kind }) => kind)).toStrictEqual([
      'flags',
      'painBefore',
      'prepare',
      'place',
      'ready',
      'hold',
      'told',
    ]);
  });

  it('follows a change of the ladder before its first hold, and has it confirmed again', () => {
    expect(ALL.filter(flow.mayChange).map(({ kind }) => kind)).toStrictEqual([
      'flags',
      'painBefore',
      'prepare',
      'place',
      'ready',
    ]);
    expect(ALL.filter(flow.isPrepared).map(({ kind }) => kind)).toStrictEqual(['place', 'ready']);
    for (const step of ALL) {
      const next = flow.preparedAgain(step);
      const isOfHolds = ['place', 'ready', 'hold', 'told'].includes(step.kind);
      expect(next).toStrictEqual(isOfHolds ? { kind: 'prepare' } : step);
    }
  });

  it('goes on at its end after a reload when all holds are done', () => {
    expect(flow.begun(true, true).kind).toBe('painAfter');
  });
});
