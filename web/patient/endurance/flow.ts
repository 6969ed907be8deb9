// SPDX-License-Identifier: Apache-2.0
// The order of the steps of an endurance session, from the questions before it to its result. Pure. Which answers and
// values stop it is decided by the engine's safety rules (care/), not here.
import type { EnduranceSign } from 'reprise-engine';
import * as common from '../requests/flow.ts';

export type Step =
  | common.SafeStep
  | { kind: 'prepare' }
  /** Values at rest, and the strap. */
  | { kind: 'before' }
  /** A value at rest is past a limit: no start today. */
  | { kind: 'notToday'; passed: readonly EnduranceSign[] }
  | { kind: 'live' }
  /** A limit was passed during the session. */
  | { kind: 'stopNow'; passed: readonly EnduranceSign[] }
  /** Why it was ended early. */
  | { kind: 'why' }
  /** Ratings and values afterwards. */
  | { kind: 'after' }
  | { kind: 'painAfter' }
  /** `hurt`: the pain after it was past the limit. */
  | { kind: 'result'; hurt: boolean };

export const { begun, painBeforeSaid } = common;

/** `raised`: an answer tells of something dangerous. After a stop, the part until then is still reported. */
export const flagsAnswered = (step: Step, raised: boolean): Step =>
  common.flagsAnswered(step, raised, { kind: 'after' });

/** Whether the session has not begun, or is on: a hold then closes it. Its end stays on the screen. */
export const isOpen = (step: Step) =>
  ['painBefore', 'prepare', 'before', 'live'].includes(step.kind) || (step.kind === 'flags' && step.on === 'start');

/** Only from the values at rest, and only by a touch. */
export const started = (step: Step): Step => (step.kind === 'before' ? { kind: 'live' } : step);

export function limitPassed(step: Step, passed: readonly EnduranceSign[]): Step {
  if (step.kind === 'before') return { kind: 'notToday', passed };
  return step.kind === 'live' || step.kind === 'after' ? { kind: 'stopNow', passed } : step;
}

/** To its end. */
export const finished = (step: Step): Step => (step.kind === 'live' ? { kind: 'after' } : step);

/** By the patient. */
export const stopped = (step: Step): Step => (step.kind === 'live' ? { kind: 'why' } : step);

/** Feeling unwell, and every stop at a limit, lead to the questions about warning signs. */
export const unwell = (step: Step): Step =>
  ['live', 'why', 'stopNow', 'after'].includes(step.kind) ? { kind: 'flags', on: 'stop' } : step;

/** Ended early, also because of pain: the part until then is still reported. */
export const enough = (step: Step): Step => (step.kind === 'why' ? { kind: 'after' } : step);

export const painAfterSaid = (tooMuch: boolean): Step => ({ kind: 'result', hurt: tooMuch });
