// SPDX-License-Identifier: Apache-2.0
// Judges what to praise in a repetition, as far as it was measured. Pure.
import type { CoachEvent } from 'reprise-engine';
import type { Moment, Praise, SetFacts } from './spoken.ts';

/** As the range bar shows it. */
const REACHED = 0.97;
/** Of the prescribed time, this much shorter or longer is still its pace. Unsourced defaults. */
const QUICKEST = 0.8;
const SLOWEST = 1.5;

const OVER: readonly CoachEvent['kind'][] = ['repetition', 'hold_ended', 'partial', 'open', 'other_movement'];
const SPOILS: readonly CoachEvent['kind'][] = ['ceiling', 'not_seen', 'partial', 'fell_short', 'other_movement'];

export interface RepetitionFound {
  /** Reached the target for the first time in this repetition. */
  reachesNow: boolean;
  /** Counted now, and nothing disturbed it. */
  clean: CoachEvent | undefined;
  /** What may be praised of it, what matters most first. */
  praises: readonly Praise[];
}

export function watchRepetition(set: SetFacts) {
  let reached = false;
  let spoiled = false;
  let lasted_s = 0;
  /** Form rules that a cue was about. */
  const cued = new Set<string>();

  const atPace = () => {
    const { out_s, hold_s, back_s } = set.tempo;
    if (set.hold || out_s === null || back_s === null) return false;
    const share = lasted_s / (out_s + (hold_s ?? 0) + back_s);
    return share >= QUICKEST && share <= SLOWEST;
  };
  const praisesOf = ({ kept = [], broken = [] }: CoachEvent): Praise[] => {
    const better = kept.filter((rule) => cued.has(rule)).map((rule) => ({ better: rule }));
    return [
      ...better,
      ...(reached && !set.hold && !set.hasCeiling ? (['range'] as const) : []),
      ...(kept.length > 0 && broken.length === 0 ? (['form'] as const) : []),
      ...(atPace() ? (['pace'] as const) : []),
    ];
  };

  return {
    /** A pause or pain: nothing is praised until the next repetition. */
    spoil() {
      spoiled = true;
    },
    see({ events, part, progress, repetition_s, problem }: Moment): RepetitionFound {
      if (repetition_s > 0) lasted_s = repetition_s;
      if (problem !== 'no' || events.some(({ kind }) => SPOILS.includes(kind))) spoiled = true;
      const reachesNow = !reached && !spoiled && !set.hold && (progress ?? 0) >= set.target * REACHED;
      reached ||= reachesNow;
      const counted = events.find(({ kind }) => kind === 'repetition' || kind === 'hold_ended');
      const clean = spoiled ? undefined : counted;
      const praises = clean ? praisesOf(clean) : [];
      for (const { kind, detail } of events) if (kind === 'cue' && detail) cued.add(detail);
      if (part === 'rest' || events.some(({ kind }) => OVER.includes(kind))) {
        reached = false;
        spoiled = problem !== 'no';
      }
      return { reachesNow, clean, praises };
    },
  };
}
