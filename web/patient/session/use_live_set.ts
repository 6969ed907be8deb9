// SPDX-License-Identifier: Apache-2.0
// A set that is watched: counted, judged and spoken by the engine. Only when it is over is decided here.
import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { CoachEvent, CoachState, GameResult, SetProblem } from 'reprise-engine';
import { watchPace } from '../../coach/pace_of_pictures.ts';
import { hush } from '../../coach/local_voice.ts';
import { say } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';
import { useWornWords } from './sensors/words.ts';
import type { WornProblem } from './sensors/worn_state.ts';
import { startTimes, type Times } from './set_times.ts';
import type { SetLook, SetWatcher } from './set_watcher.ts';

export interface LiveResult extends Times {
  /** Holds the set until it is finished. */
  coach: NonNullable<SetWatcher['coach']>;
  /** As shown: all that is known if the coach fails. */
  count: number;
  short: boolean;
  /** The result of the game, if one was played. */
  game?: GameResult;
}

export interface LiveSetOptions {
  watcher: SetWatcher;
  prescribed: Prescribed;
  /** Ends the set early; returns undefined if no repetition was counted. */
  part: RefObject<(() => LiveResult | undefined) | undefined>;
  onDone: (result: LiveResult) => void;
  onHurt: () => void;
}

interface Said {
  text: string;
  tone: 'good' | 'careful' | 'bad';
}

const SAID_FOR_MS = 4_000;

/** The part of the coach's state that is shown. It changes far less often than the pictures come. */
interface LiveView {
  count: number;
  held: number;
  /** Of the main measure, degrees or ratio; rounded. */
  value: number | null;
  progress: number | null;
  repetition_s: number;
  atCeiling: boolean;
  hand: boolean;
  /** A state: shown as long as it holds. */
  problem: Pick<SetProblem, 'kind' | 'part' | 'position'> | Pick<WornProblem, 'kind' | 'place'> | null;
  demonstrate: boolean;
}

const NOTHING_YET: LiveView = {
  count: 0,
  held: 0,
  value: null,
  progress: null,
  repetition_s: 0,
  atCeiling: false,
  hand: false,
  problem: null,
  demonstrate: false,
};

function problemOf(worn: SetLook['worn'], now: CoachState | undefined): LiveView['problem'] {
  if (worn) return { kind: worn.kind, place: worn.place };
  return now?.problem ? { kind: now.problem.kind, part: now.problem.part, position: now.problem.position } : null;
}

function shownOf({ count, now, worn }: SetLook): LiveView {
  return {
    count,
    held: Math.floor(now?.held_s ?? 0),
    value: now?.value == null ? null : Math.round(now.value * 50) / 50,
    progress: now?.progress == null ? null : Math.round(now.progress * 50) / 50,
    repetition_s: now?.repetition_s ?? 0,
    atCeiling: now?.at_ceiling ?? false,
    hand: now?.raised_hand != null,
    problem: problemOf(worn, now),
    demonstrate: now?.demonstrate ?? false,
  };
}

/**
 * Returns the texts of the coach's events (undefined for a count and for an event without text), and of what keeps the
 * set from going on.
 */
function useWords({ file, order, facts }: Prescribed, by: SetWatcher['kind']) {
  const { t, language } = useLanguage();
  const wornWords = useWornWords();
  return {
    event: ({ kind, detail }: CoachEvent): Said | undefined => {
      switch (kind) {
        case 'cue':
          return { text: exerciseWords(file, language).cue(detail ?? ''), tone: 'careful' };
        case 'ceiling':
          return { text: t('live.ceiling'), tone: 'bad' };
        case 'seen_again':
          return { text: t(by === 'camera' ? 'live.seenAgain' : 'worn.again'), tone: 'good' };
        case 'other_view':
          return { text: t('live.otherView'), tone: 'careful' };
        case 'fell_short':
          return {
            text: t(facts.ceiling === null ? `live.short.${facts.farther}` : 'live.partialCalm'),
            tone: 'careful',
          };
        case 'partial':
          return { text: t(order.ceiling === null ? 'live.partial' : 'live.partialCalm'), tone: 'careful' };
        default:
          return undefined;
      }
    },
    problem: (problem: NonNullable<LiveView['problem']>): string => {
      if ('place' in problem) return wornWords.problem(problem);
      const { kind, part, position } = problem;
      if (kind === 'hidden') return part ? t('live.unseen', { part: t(`part.${part}`) }) : t('live.unseenAll');
      if (kind === 'other_position') return t(`position.${position ?? 'standing'}`);
      return t(`live.problem.${kind}`);
    },
  };
}

/**
 * Runs the set while the component is shown. Returns what to show and what its buttons do; `game`: where a game leaves
 * its result.
 */
export function useLiveSet({ watcher, prescribed, part, onDone, onHurt }: LiveSetOptions) {
  const { t, language } = useLanguage();
  const { order } = prescribed;
  const wordsOf = useWords(prescribed, watcher.kind);
  const [shown, setShown] = useState(NOTHING_YET);
  const [said, setSaid] = useState<Said>();
  const [paused, setPaused] = useState(false);
  const [slow, setSlow] = useState(false);
  const times = useRef(startTimes());
  const over = useRef(false);
  const counted = useRef(0);
  const game = useRef<() => GameResult>(undefined);

  const end = useCallback(
    (short: boolean): LiveResult | undefined => {
      const { coach } = watcher;
      if (over.current || !coach) return undefined;
      over.current = true;
      watcher.mode = 'paused';
      const played = game.current?.();
      return { ...times.current(), coach, count: counted.current, short, ...(played && { game: played }) };
    },
    [watcher],
  );
  useEffect(() => {
    part.current = () => (counted.current > 0 ? end(true) : undefined);
    return () => {
      part.current = undefined;
    };
  }, [part, end]);
  const finish = (short: boolean) => {
    const result = end(short);
    if (!result) return;
    say(t('live.done'), language, 'done');
    onDone(result);
  };

  const pause = (yes: boolean) => {
    watcher.mode = yes ? 'paused' : 'set';
    setPaused(yes);
    if (yes) setSaid(undefined);
  };
  const hurt = () => {
    pause(true);
    onHurt();
  };

  const hear = (event: CoachEvent) => {
    if (event.kind === 'repetition' || event.kind === 'hold_ended') say(String(event.count), language, 'count');
    if (event.kind === 'hold_second' && order.hold_s !== null && event.count === Math.ceil(order.hold_s)) {
      setSaid({ text: t('live.release'), tone: 'good' });
      say(t('live.release'), language, 'done');
    }
    const one = wordsOf.event(event);
    if (!one?.text) return;
    setSaid(one);
    say(one.text, language, event.kind === 'ceiling' ? 'stop' : 'cue');
  };
  const stands = (problem: SetProblem | WornProblem) => {
    if (problem.say) say(wordsOf.problem(problem), language, 'cue');
    if (problem.pause) {
      pause(true);
      say(t('live.paused'), language, 'cue');
    }
  };
  const onLook = useEffectEvent((look: SetLook) => {
    const next = shownOf(look);
    counted.current = look.count;
    setShown((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    for (const event of look.events) hear(event);
    const stood = look.worn ?? look.now?.problem;
    if (stood) stands(stood);
    if (look.count >= order.repetitions) finish(false);
  });
  useEffect(() => {
    let gone = false;
    watcher.mode = 'paused';
    times.current = startTimes();
    watcher.begin(prescribed).then(
      () => {
        if (!gone) watcher.mode = 'set';
      },
      () => {},
    );
    const pace = watchPace();
    const forget = watcher.onLook((look) => {
      if (watcher.kind === 'camera') setSlow(pace(look.time_s));
      onLook(look);
    });
    return () => {
      gone = true;
      watcher.mode = 'paused';
      forget();
      hush();
    };
  }, [watcher, prescribed]);

  useEffect(() => {
    if (!said) return undefined;
    const end = setTimeout(() => setSaid(undefined), SAID_FOR_MS);
    return () => clearTimeout(end);
  }, [said]);

  // A hand above the head says what a touch on "It hurts" does: the patient stands meters away.
  const { hand } = shown;
  const onHand = useEffectEvent(hurt);
  useEffect(() => {
    if (hand) onHand();
  }, [hand]);

  // A locked screen or another app: what the camera misses must not look like a slow repetition.
  const onHidden = useEffectEvent(() => {
    if (document.visibilityState === 'hidden' && !over.current) pause(true);
  });
  useEffect(() => {
    const look = () => onHidden();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);

  const problem = shown.problem && said?.tone !== 'bad' ? shown.problem : undefined;
  const cue = problem ? { text: wordsOf.problem(problem), tone: 'careful' as const } : said;
  return { shown, problem: problem?.kind, cue, paused, slow, game, pause, hurt, finish };
}
