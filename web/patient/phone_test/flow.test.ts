// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import * as flow from './flow.ts';
import type { Step } from './flow.ts';

const running: Step = { kind: 'running' };
const ALL: Step[] = [
  { kind: 'flags', on: 'start' },
  { kind: 'painBefore' },
  { kind: 'prepare' },
  { kind: 'check' },
  { kind: 'countdown' },
  running,
  { kind: 'whole' },
  { kind: 'why' },
  { kind: 'painAfter' },
  { kind: 'result', hurt: false },
  { kind: 'sent', hurt: false },
  { kind: 'voided', why: 'gap', hurt: false },
  { kind: 'halted', why: 'redFlag' },
];

describe('a test with the phone', () => {
  it('goes from the questions to the result', () => {
    let step: flow.Step = flow.begun(true);
    expect(step).toStrictEqual({ kind: 'flags', on: 'start' });
    step = flow.flagsAnswered(step, false);
    expect(step.kind).toBe('painBefore');
    expect(flow.begun(false).kind).toBe('painBefore');
    expect(flow.painBeforeSaid(false).kind).toBe('prepare');
    step = flow.started({ kind: 'check' }, true);
    expect(step.kind).toBe('countdown');
    step = flow.countedDown(step);
    expect(step.kind).toBe('running');
    step = flow.endedByItself(step);
    expect(step.kind).toBe('painAfter');
    expect(flow.painAfterSaid(false, true)).toStrictEqual({ kind: 'result', hurt: false });
  });

  it('never starts by itself, nor before the sensors deliver', () => {
    for (const step of ALL) {
      if (step.kind !== 'check') expect(flow.started(step, true)).toBe(step);
      expect(flow.started(step, false)).toBe(step);
      if (step.kind !== 'countdown') expect(flow.countedDown(step)).toBe(step);
    }
  });

  it('is void where it is interrupted, with the reason, and only while it is on', () => {
    for (const why of ['hidden', 'gap', 'slow'] as const)
      for (const step of ALL) {
        const after = flow.interrupted(step, why);
        if (step.kind === 'countdown' || step.kind === 'running')
          expect(after).toStrictEqual({ kind: 'voided', why, hurt: false });
        else expect(after).toBe(step);
      }
  });

  it('an interrupted test is not taken for a whole one by anything that comes later', () => {
    const voided = flow.interrupted(running, 'hidden');
    expect(flow.endedByItself(voided)).toBe(voided);
    expect(flow.heldToStop(voided)).toBe(voided);
    expect(flow.wholeAnswered(voided, true)).toBe(voided);
    expect(flow.countedDown(voided)).toBe(voided);
  });

  it('ended by hand asks whether it was whole', () => {
    const asked = flow.heldToStop(running);
    expect(asked.kind).toBe('whole');
    expect(flow.wholeAnswered(asked, true).kind).toBe('painAfter');
    expect(flow.wholeAnswered(asked, false).kind).toBe('why');
    expect(flow.heldToStop({ kind: 'countdown' }).kind).toBe('check');
  });

  it('ends with the questions about warning signs where the patient feels unwell', () => {
    const asked = flow.stoppedFor('unwell');
    expect(asked).toStrictEqual({ kind: 'flags', on: 'stop' });
    expect(flow.flagsAnswered(asked, true)).toStrictEqual({ kind: 'halted', why: 'redFlag' });
    expect(flow.flagsAnswered(asked, false)).toStrictEqual({ kind: 'voided', why: 'stopped', hurt: false });
    expect(flow.stoppedFor('enough')).toStrictEqual({ kind: 'voided', why: 'stopped', hurt: false });
  });

  it('does not start under a warning sign or too much pain', () => {
    expect(flow.flagsAnswered({ kind: 'flags', on: 'start' }, true).kind).toBe('halted');
    expect(flow.painBeforeSaid(true)).toStrictEqual({ kind: 'halted', why: 'pain' });
  });

  it('is closed by a hold until it has ended, and shows its result and the questions of a stop in any case', () => {
    expect(ALL.filter(flow.isOpen).map(({ kind }) => kind)).toStrictEqual([
      'flags',
      'painBefore',
      'prepare',
      'check',
      'countdown',
      'running',
    ]);
    expect(flow.isOpen({ kind: 'flags', on: 'stop' })).toBe(false);
  });

  it('is repeated from the check, but not after too much pain', () => {
    expect(flow.repeated({ kind: 'voided', why: 'gap', hurt: false }).kind).toBe('check');
    expect(flow.repeated({ kind: 'result', hurt: false }).kind).toBe('check');
    for (const step of [
      flow.stoppedByPain(true),
      flow.painAfterSaid(true, true),
      flow.painAfterSaid(true, false),
      running,
    ])
      expect(flow.repeated(step)).toBe(step);
  });

  it('a recording without a whole test is void', () => {
    expect(flow.painAfterSaid(false, false)).toStrictEqual({ kind: 'voided', why: 'unclear', hurt: false });
  });
});
