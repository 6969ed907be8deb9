// SPDX-License-Identifier: Apache-2.0
// The words of a set, by sets that were made up: written out ones, and random ones for what must always hold.
import type { CoachEvent } from 'reprise-engine';
import { describe, expect, it } from 'vitest';
import { seededNumbers } from '../seeded_numbers.ts';
import { chooseWords, GAP_S, WAITS_S } from './choose_words.ts';
import { isUrgent, praiseKey, type Choice, type Moment, type SetFacts, type VoiceLevel } from './spoken.ts';

const SQUATS: SetFacts = {
  repetitions: 10,
  hold: false,
  hold_s: null,
  hasCeiling: false,
  target: 1,
  tempo: { out_s: 2, hold_s: null, back_s: 2 },
  hurt: false,
};

const STEP_S = 0.1;
const event = (kind: CoachEvent['kind'], more: Partial<CoachEvent> = {}): CoachEvent => ({
  time_s: 0,
  kind,
  count: 0,
  side: null,
  detail: null,
  ...more,
});

interface Repetition {
  /** Seconds of the way out and back, and of the rest after it. */
  each_s?: number;
  rest_s?: number;
  progress?: number;
  kept?: string[];
  broken?: string[];
  /** Of the coach, with the count. */
  cue?: string;
  /** At the farthest point. */
  atTurn?: Partial<Moment>;
  counts?: boolean;
}

/** The looks at a set, ten a second. */
function* looks(repetitions: readonly Repetition[]): Generator<Moment> {
  let time_s = 100;
  let count = 0;
  const at = (more: Partial<Moment>): Moment => {
    time_s += STEP_S;
    const still = { events: [], part: 'rest', progress: 0, repetition_s: 0, problem: 'no', speaking: false } as const;
    return { ...still, time_s, count, ...more };
  };
  for (const one of repetitions) {
    const { each_s = 2, rest_s = 1, progress = 1, kept = ['knees_in'], broken = [], cue, counts = true } = one;
    const steps = Math.round(each_s / STEP_S);
    for (let i = 1; i <= steps; i += 1) {
      const more = i === steps ? one.atTurn : {};
      yield at({ part: 'out', progress: (progress * i) / steps, repetition_s: i * STEP_S, ...more });
    }
    for (let i = 1; i < steps; i += 1)
      yield at({ part: 'back', progress: progress * (1 - i / steps), repetition_s: each_s + i * STEP_S });
    if (counts) count += 1;
    const events = [counts ? event('repetition', { count, kept, broken }) : event('partial', { count })];
    if (cue) events.push(event('cue', { detail: cue }));
    yield at({ part: 'back', progress: 0, repetition_s: 2 * each_s, events });
    for (let i = 0; i < rest_s / STEP_S; i += 1) yield at({});
  }
}

type Heard = Choice & { time_s: number };

function spokenIn(repetitions: readonly Repetition[], set: Partial<SetFacts> = {}, level: VoiceLevel = 'all') {
  const words = chooseWords({ ...SQUATS, ...set }, () => level);
  const all: Heard[] = [];
  for (const look of looks(repetitions)) all.push({ ...words.next(look), time_s: look.time_s });
  return all;
}

/** As a person would note it: "8 twoMore". */
function noted(all: readonly Heard[]): string[] {
  return all.flatMap(({ count, sentence }) => {
    const words = [];
    if (count !== undefined) words.push(String(count));
    if (sentence?.kind === 'correction') {
      if (sentence.after) words.push(praiseKey(sentence.after));
      words.push(sentence.event.detail ?? sentence.event.kind, ...(sentence.again ? ['again'] : []));
    } else if (sentence?.kind === 'praise') words.push(praiseKey(sentence.praise));
    else if (sentence?.kind === 'milestone') words.push(sentence.which);
    else if (sentence?.kind === 'phase') words.push(`(${sentence.phase})`);
    else if (sentence) words.push(sentence.kind);
    return words.length > 0 ? [words.join(' ')] : [];
  });
}

const many = (count: number, one: Repetition = {}) => Array.from({ length: count }, () => one);

describe('the words of a set', () => {
  it('names the movement first, praises with a reason, and tells how many are left', () => {
    expect(noted(spokenIn(many(10)))).toStrictEqual([
      '(back)',
      '1',
      '(out)',
      '2 range',
      '3',
      '4 form',
      '5 halfway',
      '6 pace',
      '7',
      '8 twoMore',
      '9 last',
      '10',
    ]);
  });

  it('says what to do to a person who waits', () => {
    const words = chooseWords(SQUATS, () => 'all');
    const [rest] = looks(many(1));
    if (!rest) throw new Error('no look');
    const sentences = Array.from({ length: 60 }, (_, i) =>
      words.next({ ...rest, part: 'rest', progress: 0, repetition_s: 0, time_s: 100 + i * STEP_S }),
    ).flatMap(({ sentence }) => sentence ?? []);
    expect(sentences).toStrictEqual([{ kind: 'phase', phase: 'out', still: true }]);
  });

  it('names no phase that is nearly over', () => {
    const words = chooseWords(SQUATS, () => 'all');
    const found = [...looks(many(2, { each_s: 2 }))].flatMap((look) => {
      const late = look.part === 'back' ? { ...look, progress: 0.2 } : look;
      return words.next(late).sentence ?? [];
    });
    expect(found.some((one) => one.kind === 'phase' && one.phase === 'back')).toBe(false);
  });

  it('praises first, then corrects, and says when it became better', () => {
    const faulty = { kept: [], broken: ['knees_in'], cue: 'knees_in' };
    const found = noted(spokenIn([...many(2), faulty, { ...faulty, cue: '' }, ...many(3)]));
    expect(found.slice(3)).toStrictEqual(['2 range', '3 pace knees_in', '4', '5 halfway', '6 better knees_in', '7']);
  });

  it('takes nothing for better that could not be judged', () => {
    const unseen = many(4, { kept: [], broken: [] });
    const found = spokenIn([{ kept: [], broken: ['knees_in'], cue: 'knees_in' }, ...unseen]);
    expect(noted(found).join(), 'nor for right').not.toMatch(/better|form/);
    expect(found.filter(({ sparkle }) => sparkle)).toStrictEqual([]);
  });

  it('says a correction that comes again in other words, and shows others', () => {
    const faulty = { each_s: 4, rest_s: 1, progress: 0.6, kept: [], broken: ['knees_in'], cue: 'knees_in' };
    expect(noted(spokenIn(many(3, faulty), { repetitions: 20 }))).toStrictEqual([
      '(back)',
      '1 knees_in',
      '2 knees_in again',
      '3 knees_in',
    ]);
    const short = spokenIn(many(3, { each_s: 3, progress: 0.3, counts: false }), { repetitions: 20 });
    const partials = short.filter(({ sentence }) => sentence?.kind === 'correction');
    expect(partials.map(({ aloud }) => aloud).slice(0, 2)).toStrictEqual([true, false]);
  });

  it('never praises range, and never chimes, where there is a limit', () => {
    const found = spokenIn(many(10, { progress: 1.2 }), { hasCeiling: true });
    expect(noted(found).join()).not.toContain('range');
    expect(found.some(({ chime }) => chime)).toBe(false);
    expect(noted(found)).toContain('9 last');
  });

  it('stops at the limit at once, and praises nothing of that repetition', () => {
    const tooFar = { progress: 1.2, atTurn: { events: [event('ceiling')] } };
    const found = spokenIn([...many(1), tooFar, ...many(1)], { hasCeiling: true });
    const stop = found.find(({ sentence }) => sentence?.kind === 'stop');
    expect(stop?.aloud).toBe(true);
    const after = found.find(({ count }) => count === 2);
    expect([after?.sentence, after?.sparkle]).toStrictEqual([undefined, false]);
  });

  it('chimes once in a repetition that reaches the target, and sparkles for a good one', () => {
    const found = spokenIn([...many(2), { progress: 0.7 }, { kept: [], broken: ['knees_in'] }]);
    expect(found.filter(({ chime }) => chime)).toHaveLength(3);
    expect(found.flatMap(({ sparkle, count }) => (sparkle ? [count] : []))).toStrictEqual([1, 2, 3]);
  });

  it('cheers no more after pain, but counts and corrects', () => {
    const set = [...many(3), { kept: [], broken: ['knees_in'], cue: 'knees_in' }, ...many(6)];
    const found = spokenIn(set, { hurt: true });
    expect(noted(found)).toStrictEqual(['1', '2', '3', '4 knees_in', '5', '6', '7', '8', '9', '10']);
    expect(found.some(({ chime, sparkle }) => chime || sparkle)).toBe(false);
  });

  it('says only what matters where that is wanted', () => {
    const set = [...many(2), { kept: [], broken: ['knees_in'], cue: 'knees_in' }, ...many(2)];
    expect(noted(spokenIn(set, {}, 'less'))).toStrictEqual(['1', '2', '3 knees_in', '4', '5']);
  });

  it('tells when a hold may end, and announces only the last one', () => {
    const words = chooseWords({ ...SQUATS, repetitions: 5, hold: true, hold_s: 10 }, () => 'all');
    const found: string[] = [];
    let time_s = 0;
    const next = (count: number, more: Partial<Moment>) => {
      time_s += 1;
      const still = { events: [], part: 'rest', progress: 0, repetition_s: 0, problem: 'no', speaking: false } as const;
      const { sentence } = words.next({ ...still, time_s, count, ...more });
      if (sentence) found.push(sentence.kind === 'milestone' ? sentence.which : sentence.kind);
    };
    for (let hold = 0; hold < 5; hold += 1) {
      for (let second = 1; second <= 11; second += 1)
        next(hold, { part: 'extreme', events: [event('hold_second', { count: second })] });
      next(hold + 1, { events: [event('hold_ended', { count: hold + 1, kept: [], broken: [] })] });
      for (let rest = 0; rest < 4; rest += 1) next(hold + 1, {});
    }
    expect(found.filter((one) => one === 'release')).toHaveLength(5);
    expect(found).not.toContain('twoMore');
    expect(found).not.toContain('halfway');
  });

  it('drops what a pause has overtaken', () => {
    const words = chooseWords(SQUATS, () => 'all');
    const found: Heard[] = [];
    for (const look of looks(many(2))) {
      if (found.length === 60) words.paused(); // in the second repetition
      found.push({ ...words.next(look), time_s: look.time_s });
    }
    const second = found.find(({ count }) => count === 2);
    expect([second?.sentence, second?.sparkle]).toStrictEqual([undefined, false]);
  });
});

describe('in any set', () => {
  const KINDS: readonly CoachEvent['kind'][] = [
    'cue',
    'ceiling',
    'partial',
    'fell_short',
    'seen_again',
    'other_view',
    'hold_second',
  ];

  /** What a voice does with a random set: every look, each choice, and how long it speaks. */
  function random(seed: number) {
    const any = seededNumbers(seed);
    const chance = (share: number) => any() < share;
    const pick = <T>(from: readonly [T, ...T[]] | readonly T[]) => from[Math.floor(any() * from.length)] as T;
    const set: SetFacts = {
      ...SQUATS,
      repetitions: 1 + Math.floor(any() * 14),
      hold: chance(0.2),
      hold_s: chance(0.2) ? 5 : null,
      hasCeiling: chance(0.3),
      hurt: chance(0.1),
    };
    const level = pick<VoiceLevel>(['all', 'all', 'less', 'off']);
    const words = chooseWords(set, () => level);
    const steps: { moment: Moment; choice: Choice; paused: boolean }[] = [];
    let [time_s, speaks_until, count] = [0, 0, 0];
    for (let i = 0; i < 400; i += 1) {
      time_s += 0.03 + any() * (chance(0.05) ? 3 : 0.4);
      const events = chance(0.15) ? [event(pick(KINDS), { detail: pick(['a', 'b']), count: pick([1, 5]) })] : [];
      if (chance(0.12)) {
        count += 1;
        const [kept, broken] = pick([
          [['a'], []],
          [['a', 'b'], []],
          [[], ['a']],
          [[], []],
        ] as const);
        events.push(event(set.hold ? 'hold_ended' : 'repetition', { count, kept, broken }));
      }
      const moment: Moment = {
        time_s,
        events,
        count,
        part: pick(['rest', 'out', 'extreme', 'back']),
        progress: chance(0.1) ? null : any() * 1.4,
        repetition_s: any() * 6,
        problem: pick(['no', 'no', 'no', 'no', 'yes', 'say']),
        speaking: time_s < speaks_until,
      };
      const paused = chance(0.02);
      if (paused) words.paused();
      const choice = words.next(moment);
      const { sentence, aloud } = choice;
      if (sentence && aloud) speaks_until = time_s + 0.5 + any() * 4;
      steps.push({ moment, choice, paused });
    }
    return { set, level, steps };
  }

  it.each(Array.from({ length: 200 }, (_, seed) => seed))('the budget holds (%i)', (seed) => {
    const { set, level, steps } = random(seed);
    let said_s = -Infinity;
    let last = '';
    const praised = new Set<string>();
    for (const { moment, choice } of steps) {
      const { sentence, count, aloud, chime, sparkle } = choice;
      const urgent = sentence !== undefined && isUrgent(sentence);
      if (count !== undefined) expect(moment.speaking, 'a count on top of speech').toBe(false);
      if (moment.events.some(({ kind }) => kind === 'ceiling')) expect(sentence?.kind).toBe('stop');
      else if (moment.problem === 'say') expect(sentence?.kind).toBe('problem');
      if (chime || sparkle) expect(level !== 'less' && !set.hurt).toBe(true);
      if (chime) expect(set.hasCeiling).toBe(false);
      if (!sentence || !aloud) continue;
      if (!urgent) {
        expect(moment.speaking, 'on top of speech').toBe(false);
        expect(moment.time_s - said_s, 'since the sentence before').toBeGreaterThanOrEqual(GAP_S);
        const now = JSON.stringify({
          ...sentence,
          after: undefined,
          event: undefined,
          of: 'event' in sentence && [sentence.event.kind, sentence.event.kind === 'cue' && sentence.event.detail],
        });
        expect(now, 'twice in a row').not.toBe(last);
        last = now;
      } else last = sentence.kind;
      said_s = moment.time_s;
      const praise = sentence.kind === 'praise' ? sentence.praise : 'after' in sentence ? sentence.after : undefined;
      if (praise) {
        expect(praised.has(praiseKey(praise)), 'praised twice').toBe(false);
        praised.add(praiseKey(praise));
        expect(set.hurt, 'praise after pain').toBe(false);
        if (set.hasCeiling) expect(praise).not.toBe('range');
        expect(moment.problem).toBe('no');
      }
      if (sentence.kind === 'milestone' && set.hold) expect(sentence.which).toBe('last');
      if (level === 'less') expect(urgent || sentence.kind === 'correction').toBe(true);
    }
  });

  it.each(Array.from({ length: 200 }, (_, seed) => 1000 + seed))('a cue is said before any praise (%i)', (seed) => {
    const { set, steps } = random(seed);
    let waits_s: number | undefined;
    for (const { moment, choice, paused } of steps) {
      if (moment.count >= set.repetitions) break;
      if (paused) waits_s = undefined;
      if (moment.events.some(({ kind }) => kind === 'cue')) waits_s = moment.time_s;
      const { sentence } = choice;
      if (!sentence) continue;
      if (sentence.kind === 'correction' || sentence.kind === 'stop') waits_s = undefined;
      else if (waits_s !== undefined && !isUrgent(sentence))
        expect(moment.time_s - waits_s, 'it was dropped for that').toBeGreaterThan(WAITS_S);
    }
  });
});
