// SPDX-License-Identifier: Apache-2.0
// What comes after what in a session of exercises: pure, so that it can be kept on the device and gone on with after a
// reload. Which answers stop it is decided by the engine's safety rules (care/), not here.

import type { GameKind } from 'reprise-engine';
import type { LookedAt } from './after/looked_at.ts';

/** How a set is counted; `muscle`: by a sensor on a muscle. */
export type By = 'camera' | 'hand' | 'sensors' | 'muscle';

export interface SetDone {
  /** A UUID: under this the record knows the set. */
  id: string;
  startedAt: string;
  endedAt: string;
  by: By;
  count: number;
  /** All holds together, where holding counts and nothing measured. */
  held_s: number | null;
  /** 0 to 100; null: not measured. */
  quality: number | null;
  /** Ended before its repetitions were done. */
  short: boolean;
  /** What the camera or the sensors saw of it. */
  looked?: LookedAt;
  /** The game played in it. */
  game?: { kind: GameKind; succeeded: number; tasks?: number };
}

export interface ExerciseDone {
  request: string;
  /** `held`: the record has it on hold; it is not started. */
  state: 'open' | 'done' | 'skipped' | 'stopped' | 'held';
  sets: SetDone[];
  /** The pain reported during it and after it, in that order. */
  pains?: number[];
  /** Ended because of pain; null: without a number. */
  hurtAt?: number | null;
}

/**
 * Why the session was ended for the patient's safety; `held`: by what the record says, as after answers on another
 * device.
 */
export type Halt = 'redFlag' | 'pain' | 'unsettled' | 'held';

export type Why = 'pain' | 'unwell' | 'enough';

export type Step =
  | { kind: 'morning' }
  | { kind: 'flags'; on: 'start' | 'stop' }
  | { kind: 'pain' }
  | { kind: 'introduce' }
  | { kind: 'set'; by: By }
  | { kind: 'rest'; by: By; until: string }
  | { kind: 'painAfter' }
  /** A look back on the exercise that was just done. */
  | { kind: 'after' }
  /** Pain went past the limit: what to do, and whether to go on with something else. */
  | { kind: 'hurt' }
  /** It was begun in the middle, and exercises before that are still open: now, or not today. */
  | { kind: 'earlier' }
  | { kind: 'feeling' }
  | { kind: 'summary' }
  | { kind: 'halted'; why: Halt };

export interface Session {
  id: string;
  startedAt: string;
  endedAt?: string;
  step: Step;
  /** Dangerous signs are to be asked for before the first exercise. */
  flagsDue: boolean;
  /** Of the exercise that is on. */
  index: number;
  exercises: ExerciseDone[];
  /** The completed part of exercises that were then begun again. */
  before?: ExerciseDone[];
  /** Chosen by the patient: it comes as soon as the questions are answered. */
  chosen?: number;
  painBefore?: number;
  /** The most pain of earlier sessions of the day. */
  painToday?: number;
  stopped?: Why;
  effort?: number;
  words?: string;
}

export interface Dose {
  request: string;
  sets: number;
  rest_s: number;
}

const firstAfterMorning = (flagsDue: boolean): Step => (flagsDue ? { kind: 'flags', on: 'start' } : { kind: 'pain' });

interface Beginning {
  id: string;
  at: Date;
  flagsDue: boolean;
  morningDue: boolean;
  from?: number;
  painToday?: number;
}

export function begun(
  programme: readonly Dose[],
  { id, at: now, flagsDue, morningDue, from = 0, painToday }: Beginning,
): Session {
  return {
    id,
    startedAt: now.toISOString(),
    step: morningDue ? { kind: 'morning' } : firstAfterMorning(flagsDue),
    flagsDue,
    index: from,
    exercises: programme.map(({ request }) => ({ request, state: 'open', sets: [] })),
    ...(painToday !== undefined && { painToday }),
  };
}

export const isOver = ({ step }: Session) => step.kind === 'summary' || step.kind === 'halted';

const at = (session: Session, step: Step): Session => ({ ...session, step });

function withExercise(session: Session, change: Partial<ExerciseDone>): Session {
  return {
    ...session,
    exercises: session.exercises.map((one, i) => (i === session.index ? { ...one, ...change } : one)),
  };
}

/**
 * To the exercise that was chosen, else the next that is open; where only earlier ones are, they are offered; without
 * any, to the end.
 */
function toNext({ chosen, ...session }: Session): Session {
  if (chosen !== undefined && session.exercises[chosen]?.state === 'open')
    return { ...session, index: chosen, step: { kind: 'introduce' } };
  const index = session.exercises.findIndex(({ state }, i) => i > session.index && state === 'open');
  if (index >= 0) return { ...session, index, step: { kind: 'introduce' } };
  return session.exercises.some(({ state }) => state === 'open') ? at(session, { kind: 'earlier' }) : toEnd(session);
}

/** To the first exercise that is open. */
export function toEarlier(session: Session): Session {
  const index = session.exercises.findIndex(({ state }) => state === 'open');
  return index < 0 ? toEnd(session) : { ...session, index, step: { kind: 'introduce' } };
}

const ASKED_FIRST: readonly Step['kind'][] = ['morning', 'pain'];
const asksFirst = ({ step }: Session) =>
  ASKED_FIRST.includes(step.kind) || (step.kind === 'flags' && step.on === 'start');

/** Opens the exercise that the patient chose, also a completed one. The present questions come first. */
export function chosen(session: Session, index: number): Session {
  const wanted = session.exercises[index];
  if (!wanted || wanted.state === 'held' || (wanted.state === 'stopped' && wanted.hurtAt !== undefined)) return session;
  const again = wanted.state !== 'open';
  if (!again && index === session.index) return session;
  const open: Session = again
    ? {
        ...session,
        before: [...(session.before ?? []), wanted],
        exercises: session.exercises.map((one, i) =>
          i === index ? { request: one.request, state: 'open', sets: [] } : one,
        ),
      }
    : session;
  if (asksFirst(open)) return { ...open, index };
  const now =
    open.step.kind === 'introduce' ||
    open.step.kind === 'rest' ||
    open.step.kind === 'set' ||
    open.step.kind === 'earlier' ||
    open.step.kind === 'after' ||
    open.step.kind === 'feeling';
  if (!now) return { ...open, chosen: index };
  const { stopped: _, ...rest } = open;
  return { ...rest, index, step: { kind: 'introduce' } };
}

/** What the record, or another window, has on hold by now. Nothing of it is started or gone on with. */
export function withHeld(session: Session, isHeld: (request: string) => boolean, all: boolean): Session {
  if (session.step.kind !== 'introduce' && session.step.kind !== 'rest' && session.step.kind !== 'earlier')
    return session;
  if (all) return at(session, { kind: 'halted', why: 'held' });
  const exercises = session.exercises.map((one): ExerciseDone => {
    if (one.state === 'open' && isHeld(one.request)) return { ...one, state: 'held' };
    return one.state === 'held' && !isHeld(one.request) ? { ...one, state: 'open' } : one;
  });
  if (exercises.every((one, i) => one === session.exercises[i])) return session;
  const next = { ...session, exercises };
  return exercises[session.index]?.state === 'held' ? toNext(next) : next;
}

function toEnd(session: Session): Session {
  return at(session, session.exercises.some(({ sets }) => sets.length > 0) ? { kind: 'feeling' } : { kind: 'summary' });
}

/** `settled`: nothing hurts that did not before the last session. */
export const morningAnswered = (session: Session, settled: boolean): Session =>
  at(session, settled ? firstAfterMorning(session.flagsDue) : { kind: 'halted', why: 'unsettled' });

/** `raised`: an answer tells of something dangerous. */
export function flagsAnswered(session: Session, raised: boolean): Session {
  if (raised) return at(session, { kind: 'halted', why: 'redFlag' });
  if (session.step.kind === 'flags' && session.step.on === 'start') return at(session, { kind: 'pain' });
  if (session.stopped === 'pain') return at(session, { kind: 'hurt' });
  return toEnd(session);
}

/** Of the exercise that is on. */
export const withPain = (session: Session, pain: number): Session =>
  withExercise(session, { pains: [...(session.exercises[session.index]?.pains ?? []), pain] });

export function painSaid(session: Session, pain: number, tooMuch: boolean): Session {
  const said = { ...session, painBefore: pain };
  return at(said, tooMuch ? { kind: 'halted', why: 'pain' } : { kind: 'introduce' });
}

/**
 * Whether a set begins without a touch. A raised hand starts any exercise; being well in view those that need nothing
 * to hold on to.
 */
export const startsItself = ({ inView, hand, alone }: { inView: boolean; hand: boolean; alone: boolean }) =>
  inView && (alone || hand);

export const startSet = (session: Session, by: By): Session => at(session, { kind: 'set', by });

export function setDone(session: Session, dose: Dose, set: SetDone, now: Date): Session {
  const sets = [...(session.exercises[session.index]?.sets ?? []), set];
  const next = withExercise(session, { sets, ...(sets.length >= dose.sets && { state: 'done' as const }) });
  if (sets.length >= dose.sets) return at(next, { kind: 'painAfter' });
  return at(next, { kind: 'rest', by: set.by, until: new Date(now.getTime() + dose.rest_s * 1000).toISOString() });
}

/** A set that is left in its midst. */
export const withPart = (session: Session, set: SetDone): Session =>
  withExercise(session, { sets: [...(session.exercises[session.index]?.sets ?? []), set] });

export const restOver = (session: Session): Session =>
  session.step.kind === 'rest' ? at(session, { kind: 'set', by: session.step.by }) : session;

/** Skips the exercise. Its completed sets stay. */
export function skipped(session: Session): Session {
  const sets = session.exercises[session.index]?.sets.length ?? 0;
  return toNext(withExercise(session, { state: sets > 0 ? 'done' : 'skipped' }));
}

/**
 * Ends the exercise, or with `unwell` and `enough` the session; dangerous signs are asked for on every stop. `pain`:
 * where a number was said.
 */
export function stopped(session: Session, why: Why, pain?: number): Session {
  return at(
    { ...withExercise(session, { state: 'stopped', ...(why === 'pain' && { hurtAt: pain ?? null }) }), stopped: why },
    { kind: 'flags', on: 'stop' },
  );
}

/** `looksBack`: there is something to say of the exercise. */
export function painAfterSaid(session: Session, pain: number, tooMuch: boolean, looksBack = false): Session {
  const said = withPain(session, pain);
  if (tooMuch) return stopped(said, 'pain', pain);
  return looksBack ? at(said, { kind: 'after' }) : toNext(said);
}

export const lookedBack = (session: Session): Session => toNext(session);

/** After pain: something else, or the end. */
export function goneOn(session: Session): Session {
  const { stopped: _, ...rest } = session;
  return toNext(rest);
}

/** Returns the completed part of each exercise, including those begun again. */
export const doneIn = ({ exercises, before = [] }: Session): readonly ExerciseDone[] => [...before, ...exercises];

/** Everything that was said today; the first is what it was before exercising. */
export const painsOf = (session: Session): number[] =>
  [session.painBefore, session.painToday, ...doneIn(session).flatMap(({ pains = [] }) => pains)].filter(
    (pain) => pain !== undefined,
  );

export const ended = (session: Session): Session => toEnd(session);

export const felt = (session: Session, effort: number, words: string, now: Date): Session =>
  at({ ...session, effort, words, endedAt: now.toISOString() }, { kind: 'summary' });

/**
 * The clinic has changed the programme; `same`: requests that are what they were. Another exercise than before is
 * introduced anew.
 */
export function reprogrammed(
  { chosen: _, ...session }: Session,
  programme: readonly Dose[],
  same: ReadonlySet<string>,
): Session {
  const now = session.exercises[session.index]?.request ?? '';
  const exercises = programme.map(
    ({ request }): ExerciseDone =>
      session.exercises.find((one) => one.request === request) ?? { request, state: 'open', sets: [] },
  );
  const index = exercises.findIndex(({ request }) => request === now);
  if (index < 0) {
    const next = toNext({ ...session, exercises, index });
    return { ...next, index: Math.max(0, next.index) };
  }
  const next = { ...session, exercises, index };
  if (same.has(now)) return next;
  const enough = session.step.kind === 'rest' && (exercises[index]?.sets.length ?? 0) >= (programme[index]?.sets ?? 0);
  return enough ? at(withExercise(next, { state: 'done' }), { kind: 'painAfter' }) : at(next, { kind: 'introduce' });
}

/** Back to the picture of the exercise, as after a reload in the midst of a set: the set begins anew. */
export const resumed = (session: Session): Session =>
  session.step.kind === 'set' ? at(session, { kind: 'introduce' }) : session;
