// SPDX-License-Identifier: Apache-2.0
// The order of the steps of a walk with load sensors, from the questions before it to its result. Pure. Which answers
// stop it is decided by the engine's safety rules (care/), not here.
import * as common from '../requests/flow.ts';

export type Step =
  | common.SafeStep
  | { kind: 'prepare' }
  /** The sensors: connected, set to zero and checked. */
  | { kind: 'setUp' }
  | { kind: 'live' }
  | { kind: 'painAfter' }
  /** `hurt`: the pain during or after it was past the limit. */
  | { kind: 'result'; hurt: boolean };

export const { begun, painBeforeSaid } = common;

/** `raised`: an answer tells of something dangerous. After a stop, the part until then is still reported. */
export const flagsAnswered = (step: Step, raised: boolean): Step =>
  common.flagsAnswered(step, raised, { kind: 'painAfter' });

/** Whether the walk has not begun, or is on: a hold then closes it. Its end stays on the screen. */
export const isOpen = (step: Step) =>
  ['painBefore', 'prepare', 'setUp', 'live'].includes(step.kind) || (step.kind === 'flags' && step.on === 'start');

/** Only by a touch, and only with sensors whose load fits the body's weight. */
export const started = (step: Step, ready: boolean): Step => (step.kind === 'setUp' && ready ? { kind: 'live' } : step);

/** Whether the sensors are in use. */
export const usesSensors = (step: Step) => step.kind === 'setUp' || step.kind === 'live';

/** The limit has changed, or it was closed for a while: what the walk needs is confirmed again. */
export const preparedAgain = (step: Step): Step => (usesSensors(step) ? { kind: 'prepare' } : step);

/** The zero and the check are done anew; the walk so far stays. */
export const setUpAnew = (step: Step): Step => (step.kind === 'live' ? { kind: 'setUp' } : step);

export const finished = (step: Step): Step => (step.kind === 'live' ? { kind: 'painAfter' } : step);

/** Leads to the questions about warning signs. */
export const unwell = (step: Step): Step => (usesSensors(step) ? { kind: 'flags', on: 'stop' } : step);

/** Ended because of pain: how much was said by then, and is not asked again. */
export const stoppedByPain = (tooMuch: boolean): Step => ({ kind: 'result', hurt: tooMuch });
