// SPDX-License-Identifier: Apache-2.0
// The input and output of the rule in choose_words.ts.
import type { CoachEvent, ExerciseFacts, MovementPart } from 'reprise-engine';

/** `all`; `less`: counts, corrections and warnings; `off`: all of it, but only on the screen. */
export type VoiceLevel = 'all' | 'less' | 'off';

export interface SetFacts {
  repetitions: number;
  hold: boolean;
  /** Of a hold; null: left open. */
  hold_s: number | null;
  hasCeiling: boolean;
  /** Where the target is, as a share of the way from rest to the exercise's own. */
  target: number;
  tempo: ExerciseFacts['tempo'];
  /** This exercise hurt today: nothing is praised. */
  hurt: boolean;
}

/** One look at the set. */
export interface Moment {
  time_s: number;
  events: readonly CoachEvent[];
  /** Complete repetitions or holds. */
  count: number;
  part: MovementPart;
  progress: number | null;
  /** Since the repetition began; 0 in between. */
  repetition_s: number;
  /** Something keeps the set from going on; `say`: announce it now. */
  problem: 'no' | 'yes' | 'say';
  /** A voice of the device speaks. */
  speaking: boolean;
}

export type Praise = 'range' | 'pace' | 'form' | { better: string };
export type Phase = 'out' | 'hold' | 'back';
export type Milestone = 'halfway' | 'twoMore' | 'last';

export type Sentence =
  // Said at once, whatever else is said.
  | { kind: 'stop' }
  | { kind: 'problem' }
  | { kind: 'release' }
  /** `again`: the same one was the last sentence. */
  | { kind: 'correction'; event: CoachEvent; after?: Praise | undefined; again: boolean }
  | { kind: 'milestone'; which: Milestone }
  | { kind: 'praise'; praise: Praise }
  /** `still`: before the first repetition, so that there is time for a long sentence. */
  | { kind: 'phase'; phase: Phase; still: boolean };

export interface Choice {
  /** Said alone, or before the sentence. */
  count?: number | undefined;
  sentence?: Sentence | undefined;
  /** False: the sentence is shown, not said. */
  aloud: boolean;
  /** The target is reached, for the first time in this repetition. */
  chime: boolean;
  /** A repetition was complete, and kept every form rule that could be judged. */
  sparkle: boolean;
}

export const isUrgent = ({ kind }: Sentence) => kind === 'stop' || kind === 'problem' || kind === 'release';
export const praiseKey = (praise: Praise) => (typeof praise === 'string' ? praise : `better ${praise.better}`);
