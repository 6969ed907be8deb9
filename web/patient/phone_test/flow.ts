// SPDX-License-Identifier: Apache-2.0
// The order of the steps of a test with the phone, from the questions before it to its result. Pure. Which answers stop
// it is decided by the engine's safety rules (care/), not here.
import type { PhoneTest } from 'reprise-engine';
import * as common from '../requests/flow.ts';

/** Why a test does not count. */
export type Void =
  /** The page was hidden: a call, another app, the screen locked. */
  | 'hidden'
  /** The sensors paused, or their permission ended. */
  | 'gap'
  | 'slow'
  /** The patient ended it early. */
  | 'stopped'
  /** The engine found no whole test in the recording. */
  | 'unclear';

export type Step =
  | common.SafeStep
  | { kind: 'prepare' }
  /** Whether the sensors deliver; the test starts from here by a touch, never by itself. */
  | { kind: 'check' }
  | { kind: 'countdown' }
  | { kind: 'running' }
  /** Ended by hand: whether it was done to its end. */
  | { kind: 'whole' }
  /** Why it was ended early. */
  | { kind: 'why' }
  | { kind: 'painAfter' }
  /** `hurt`: the pain after it was past the limit. */
  | { kind: 'result'; hurt: boolean }
  | { kind: 'voided'; why: Void; hurt: boolean };

/** How a test ends: after a time, when the patient sits or stands still after moving, or by hand. */
export type End = 'time' | 'still' | 'hand';

/**
 * `limit_s`: when it ends at the latest. 30 s and 6 min are those of the tests' names; the others, and 30 s of standing
 * still, are unsourced defaults.
 */
export const COURSE_OF: Record<PhoneTest, { end: End; limit_s: number }> = {
  timed_up_and_go: { end: 'still', limit_s: 120 },
  sit_to_stand_5: { end: 'hand', limit_s: 120 },
  sit_to_stand_30: { end: 'time', limit_s: 30 },
  walk_10_m: { end: 'still', limit_s: 120 },
  walk_6_min: { end: 'time', limit_s: 360 },
  standing_still: { end: 'time', limit_s: 30 },
};

/** Seconds between the touch and the start, to put the phone in its place. Unsourced default. */
export const COUNTDOWN_S = 15;

export const { begun, painBeforeSaid } = common;

/** `raised`: an answer tells of something dangerous. */
export const flagsAnswered = (step: Step, raised: boolean): Step =>
  common.flagsAnswered(step, raised, { kind: 'voided', why: 'stopped', hurt: false });

/** Whether the test has not ended yet: a hold then closes it. Its result stays on the screen. */
export const isOpen = (step: Step) =>
  ['painBefore', 'prepare', 'check', 'countdown', 'running'].includes(step.kind) ||
  (step.kind === 'flags' && step.on === 'start');

const during = ({ kind }: Step) => kind === 'countdown' || kind === 'running';

/** Starts the countdown; only from the check, and only if the sensors deliver. */
export const started = (step: Step, delivering: boolean): Step =>
  step.kind === 'check' && delivering ? { kind: 'countdown' } : step;

export const countedDown = (step: Step): Step => (step.kind === 'countdown' ? { kind: 'running' } : step);

/** An interrupted test never becomes a result. Interruptions outside of a test change nothing. */
export const interrupted = (step: Step, why: Exclude<Void, 'stopped' | 'unclear'>): Step =>
  during(step) ? { kind: 'voided', why, hurt: false } : step;

/** The hold-to-stop button. Before the start nothing was done, so there is nothing to ask. */
export function heldToStop(step: Step): Step {
  if (step.kind === 'countdown') return { kind: 'check' };
  return step.kind === 'running' ? { kind: 'whole' } : step;
}

export const endedByItself = (step: Step): Step => (step.kind === 'running' ? { kind: 'painAfter' } : step);

export const wholeAnswered = (step: Step, whole: boolean): Step =>
  step.kind === 'whole' ? { kind: whole ? 'painAfter' : 'why' } : step;

/** Ended early. Feeling unwell leads to the questions about warning signs. */
export const stoppedFor = (why: 'enough' | 'unwell'): Step =>
  why === 'unwell' ? { kind: 'flags', on: 'stop' } : { kind: 'voided', why: 'stopped', hurt: false };

/** Ended early because of pain. */
export const stoppedByPain = (tooMuch: boolean): Step => ({ kind: 'voided', why: 'stopped', hurt: tooMuch });

export const painAfterSaid = (tooMuch: boolean, measured: boolean): Step =>
  measured ? { kind: 'result', hurt: tooMuch } : { kind: 'voided', why: 'unclear', hurt: tooMuch };

/** Once more, from the check of the sensors. Too much pain is no reason to try again. */
export function repeated(step: Step): Step {
  const again = step.kind === 'voided' || step.kind === 'result';
  return again && !step.hurt ? { kind: 'check' } : step;
}
