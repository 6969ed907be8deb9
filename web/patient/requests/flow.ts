// SPDX-License-Identifier: Apache-2.0
// The steps that tests and endurance sessions have in common. Pure. Which answers stop them is decided by the engine's
// safety rules (care/), not here.

export type SafeStep =
  | { kind: 'flags'; on: 'start' | 'stop' }
  | { kind: 'painBefore' }
  /** `hurt`: the pain after it was past the limit. */
  | { kind: 'sent'; hurt: boolean }
  | { kind: 'halted'; why: 'redFlag' | 'pain' };

export const begun = (flagsDue: boolean): SafeStep =>
  flagsDue ? { kind: 'flags', on: 'start' } : { kind: 'painBefore' };

/** `raised`: an answer tells of something dangerous; `stopped`: the step after the questions at a stop. */
export function flagsAnswered<Next>(step: { kind: string; on?: string }, raised: boolean, stopped: Next) {
  if (raised) return { kind: 'halted', why: 'redFlag' } as const;
  return step.kind === 'flags' && step.on === 'start' ? ({ kind: 'painBefore' } as const) : stopped;
}

export const painBeforeSaid = (tooMuch: boolean) =>
  tooMuch ? ({ kind: 'halted', why: 'pain' } as const) : ({ kind: 'prepare' } as const);
