// SPDX-License-Identifier: Apache-2.0
// The order of the steps of a balance session, from the questions before it to its result. Pure. Which level is next is
// decided by the engine (care/plan/balance_ladder), and which answers stop the session by its safety rules.
import * as common from '../requests/flow.ts';

export type Step =
  | common.SafeStep
  | { kind: 'prepare' }
  /** Where the phone is. */
  | { kind: 'place' }
  /** Before each hold; it starts from here by a touch, never by itself. `again`: the last hold was interrupted. */
  | { kind: 'ready'; again: boolean }
  | { kind: 'hold' }
  /** Its time is over, or it was ended from the pocket: only the person knows how it went. */
  | { kind: 'told' }
  /** Why it was ended early. */
  | { kind: 'why' }
  | { kind: 'painAfter' }
  /** `hurt`: the pain after it was past the limit. */
  | { kind: 'result'; hurt: boolean };

/** `over`: all holds are done already; the session goes on at its end. */
export const begun = (flagsDue: boolean, over: boolean): Step =>
  over ? { kind: 'painAfter' } : common.begun(flagsDue);
export const { painBeforeSaid } = common;

/** `raised`: an answer tells of something dangerous. After a stop, the holds until then are still reported. */
export const flagsAnswered = (step: Step, raised: boolean): Step =>
  common.flagsAnswered(step, raised, { kind: 'painAfter' });

/** Whether the session has not begun, or is on: a hold of the record then closes it. Its end stays on the screen. */
export const isOpen = (step: Step) =>
  ['painBefore', 'prepare', 'place', 'ready', 'hold', 'told'].includes(step.kind) ||
  (step.kind === 'flags' && step.on === 'start');

/** Whether the ladder may still change under it: nothing of it has begun. */
export const mayChange = (step: Step) => isOpen(step) && step.kind !== 'hold' && step.kind !== 'told';

/** What the level needs was confirmed, and no hold is on. */
export const isPrepared = (step: Step) => step.kind === 'place' || step.kind === 'ready';

/** The level has changed, or it was closed for a while: what it needs is confirmed again, and no hold goes on. */
export const preparedAgain = (step: Step): Step =>
  ['place', 'ready', 'hold', 'told'].includes(step.kind) ? { kind: 'prepare' } : step;

export const placed = (step: Step): Step => (step.kind === 'place' ? { kind: 'ready', again: false } : step);

/** Only from the screen before a hold, and only by a touch. */
export const started = (step: Step): Step => (step.kind === 'ready' ? { kind: 'hold' } : step);

/** Interrupted, or given up before it began: it is repeated, and changes nothing. */
export const interrupted = (step: Step, again: boolean): Step =>
  step.kind === 'hold' ? { kind: 'ready', again } : step;

/** The hold has ended, and only the person knows how. */
export const asked = (step: Step): Step => (step.kind === 'hold' ? { kind: 'told' } : step);

/** `left`: holds of the session. */
export function held(step: Step, left: number): Step {
  if (step.kind !== 'hold' && step.kind !== 'told') return step;
  return left > 0 ? { kind: 'ready', again: false } : { kind: 'painAfter' };
}

/** By the patient, between holds or during one. */
export const stopped = (step: Step): Step => (['ready', 'hold', 'told'].includes(step.kind) ? { kind: 'why' } : step);

/** Ended early, also because of pain: the holds until then are still reported. */
export const enough = (step: Step): Step => (step.kind === 'why' ? { kind: 'painAfter' } : step);

export const unwell = (step: Step): Step =>
  ['ready', 'hold', 'told', 'why', 'painAfter'].includes(step.kind) ? { kind: 'flags', on: 'stop' } : step;

export const painAfterSaid = (tooMuch: boolean): Step => ({ kind: 'result', hurt: tooMuch });
