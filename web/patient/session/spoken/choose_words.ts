// SPDX-License-Identifier: Apache-2.0
// Chooses the words of a set: at most one sentence at a time, seldom enough to be listened to, and the patient's safety
// before everything else. Pure.
import type { CoachEvent } from 'reprise-engine';
import { watchRepetition } from './repetition_watch.ts';
import {
  isUrgent,
  praiseKey,
  type Choice,
  type Milestone,
  type Moment,
  type Phase,
  type Praise,
  type Sentence,
  type SetFacts,
  type VoiceLevel,
} from './spoken.ts';

// Unsourced defaults.
/** From the start of a sentence to the next. */
export const GAP_S = 3;
/** "Go!" was said when the set began. */
const AFTER_GO_S = 1.5;
/** A correction that waits so long is dropped. */
export const WAITS_S = 4;
/** A phase is named at its beginning or not at all: this soon, and on this side of the middle of the way. */
const PHASE_BEGINS_S = 0.8;
const MIDDLE = 0.5;
/** The movement is named as long as so few repetitions are done. */
const FIRST_REPETITIONS = 2;
/** Counted repetitions from one praise to the next. */
const BETWEEN_PRAISES = 2;
const LONG_SET = 8;

const CORRECTS: readonly CoachEvent['kind'][] = ['cue', 'fell_short', 'partial', 'other_view', 'seen_again'];

const correctionKey = ({ kind, detail }: CoachEvent) => `correction ${kind} ${kind === 'cue' ? detail : ''}`;

function keyOf(sentence: Sentence): string {
  switch (sentence.kind) {
    case 'correction':
      return `${correctionKey(sentence.event)}${sentence.again ? ' again' : ''}`;
    case 'milestone':
      return sentence.which;
    case 'praise':
      return praiseKey(sentence.praise);
    case 'phase':
      return sentence.phase;
    default:
      return sentence.kind;
  }
}

/** Of holds the last one alone is announced: "two more" would sound like seconds. */
function milestoneAt(count: number, { repetitions, hold }: SetFacts): Milestone | undefined {
  if (count === repetitions - 1 && repetitions >= 3) return 'last';
  if (hold) return undefined;
  if (count === repetitions - 2 && repetitions >= 5) return 'twoMore';
  return count === Math.ceil(repetitions / 2) && repetitions >= LONG_SET ? 'halfway' : undefined;
}

const QUIET: Choice = { aloud: true, chime: false, sparkle: false };

export function chooseWords(set: SetFacts, level: () => VoiceLevel) {
  const repetition = watchRepetition(set);
  let { hurt } = set;
  let began_s: number | undefined;
  let said_s = 0;
  let last = '';
  let counted = 0;
  let praisedAt = -BETWEEN_PRAISES;
  let waiting: { event: CoachEvent; since_s: number } | undefined;
  let part: Moment['part'] = 'rest';
  let part_s = 0;
  const praised = new Set<string>();
  const named = new Set<Phase>();

  const cheers = () => level() !== 'less' && !hurt;
  const unused = (praises: readonly Praise[]) => praises.find((one) => !praised.has(praiseKey(one)));

  function urgentOf({ events, problem }: Moment): Sentence | undefined {
    if (events.some(({ kind }) => kind === 'ceiling')) return { kind: 'stop' };
    if (problem === 'say') return { kind: 'problem' };
    const released = set.hold_s !== null && Math.ceil(set.hold_s);
    return events.some(({ kind, count }) => kind === 'hold_second' && count === released)
      ? { kind: 'release' }
      : undefined;
  }

  function correctionOf(praises: readonly Praise[]): Sentence | undefined {
    if (!waiting) return undefined;
    const { event } = waiting;
    // That all was right, or this became better, does not go with it.
    const right = praises.filter((one) => one === 'range' || one === 'pace');
    const after = event.kind === 'cue' && cheers() ? unused(right) : undefined;
    return { kind: 'correction', event, after, again: last === correctionKey(event) };
  }

  function phaseOf({ time_s, count, progress }: Moment): Sentence | undefined {
    if (count >= FIRST_REPETITIONS) return undefined;
    const still = part === 'rest';
    if (still && (count > 0 || time_s - (began_s ?? time_s) < GAP_S)) return undefined;
    if (!still && time_s - part_s > PHASE_BEGINS_S) return undefined;
    const phase: Phase = still ? 'out' : part === 'extreme' ? 'hold' : part === 'out' ? 'out' : 'back';
    const way = (progress ?? 0) / set.target;
    if ((phase === 'back' && way < MIDDLE) || (phase === 'out' && way > MIDDLE)) return undefined;
    if (named.has(phase) || (phase === 'hold' && !set.hold && (set.tempo.hold_s ?? 0) < 1)) return undefined;
    return { kind: 'phase', phase, still };
  }

  function kindWords(moment: Moment, isNew: boolean, praises: readonly Praise[], flawless: boolean) {
    if (!cheers() || moment.problem !== 'no') return undefined;
    if (!isNew) return phaseOf(moment);
    const which = milestoneAt(moment.count, set);
    if (which) return { kind: 'milestone', which } as const;
    const praise = flawless && moment.count - praisedAt >= BETWEEN_PRAISES ? unused(praises) : undefined;
    return praise && ({ kind: 'praise', praise } as const);
  }

  function remember(sentence: Sentence, { time_s, count }: Moment) {
    said_s = time_s;
    last = keyOf(sentence);
    const praise = sentence.kind === 'praise' ? sentence.praise : sentence.kind === 'correction' && sentence.after;
    if (praise) {
      praised.add(praiseKey(praise));
      praisedAt = count;
    }
    if (sentence.kind === 'phase') named.add(sentence.phase);
    if (sentence.kind === 'correction' || sentence.kind === 'stop') waiting = undefined;
  }

  function follow({ time_s, events, part: now }: Moment) {
    if (began_s === undefined) said_s = time_s - GAP_S + AFTER_GO_S;
    began_s ??= time_s;
    if (now !== part) part_s = time_s;
    part = now;
    const event = events.find(({ kind }) => kind === 'cue') ?? events.find(({ kind }) => CORRECTS.includes(kind));
    if (event) waiting = { event, since_s: time_s };
    else if (waiting && time_s - waiting.since_s > WAITS_S) waiting = undefined;
  }

  function sentenceAt(moment: Moment, isNew: boolean, praises: readonly Praise[], flawless: boolean) {
    const urgent = urgentOf(moment);
    if (urgent) return urgent;
    if (moment.speaking || moment.time_s - said_s < GAP_S || moment.count >= set.repetitions) return undefined;
    return waiting ? correctionOf(praises) : kindWords(moment, isNew, praises, flawless);
  }

  return {
    /** A pause: the repetition under way is not praised, and no old correction comes after it. */
    paused() {
      repetition.spoil();
      waiting = undefined;
    },
    /** The patient said that it hurts. */
    hurts() {
      hurt = true;
    },
    next(moment: Moment): Choice {
      follow(moment);
      const { reachesNow, clean, praises } = repetition.see(moment);
      const isNew = moment.count > counted;
      counted = moment.count;
      const flawless = clean !== undefined && (clean.broken ?? []).length === 0 && !waiting;
      const sentence = sentenceAt(moment, isNew, praises, flawless);
      const repeated = sentence?.kind === 'correction' && sentence.event.kind !== 'cue' && sentence.again;
      if (repeated) waiting = undefined;
      else if (sentence) remember(sentence, moment);
      const saysCount = isNew && (sentence ? !isUrgent(sentence) : !moment.speaking);
      return {
        ...QUIET,
        ...(saysCount && { count: counted }),
        ...(sentence && { sentence }),
        aloud: !repeated,
        chime: reachesNow && cheers() && !set.hasCeiling,
        sparkle: flawless && isNew && cheers() && (clean.kept ?? []).length > 0,
      };
    },
  };
}

export type WordChoice = ReturnType<typeof chooseWords>;
