// SPDX-License-Identifier: Apache-2.0
// A set in front of the camera: counted, judged and spoken by the engine. Only when it is over is decided here.
import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { CoachEvent, CoachState, GameResult, SetProblem } from 'reprise-engine';
import type { CoachInBrowser, Look } from '../../coach/coach.ts';
import { watchPace } from '../../coach/pace_of_pictures.ts';
import { hush, say } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';
import { startTimes, type Times } from './set_times.ts';
import type { CameraCoach } from './camera_coach.ts';

export interface LiveResult extends Times {
  /** Holds the set until it is finished. */
  coach: CoachInBrowser;
  /** As shown: all that is known if the coach fails. */
  count: number;
  short: boolean;
  /** The result of the game, if one was played. */
  game?: GameResult;
}

export interface LiveSetOptions {
  cameraCoach: CameraCoach;
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
  progress: number | null;
  repetition_s: number;
  atCeiling: boolean;
  hand: boolean;
  /** A state: shown as long as it holds. */
  problem: Pick<SetProblem, 'kind' | 'part' | 'position'> | null;
  demonstrate: boolean;
}

const NOTHING_YET: LiveView = {
  count: 0,
  held: 0,
  progress: null,
  repetition_s: 0,
  atCeiling: false,
  hand: false,
  problem: null,
  demonstrate: false,
};

function shownOf({ count, now }: { count: number; now?: CoachState | undefined }): LiveView {
  return {
    count,
    held: Math.floor(now?.held_s ?? 0),
    progress: now?.progress == null ? null : Math.round(now.progress * 50) / 50,
    repetition_s: now?.repetition_s ?? 0,
    atCeiling: now?.at_ceiling ?? false,
    hand: now?.raised_hand != null,
    problem: now?.problem ? { kind: now.problem.kind, part: now.problem.part, position: now.problem.position } : null,
    demonstrate: now?.demonstrate ?? false,
  };
}

/**
 * Returns the texts of the coach's events (undefined for a count and for an event without text), and of what keeps the
 * set from going on.
 */
function useWords({ file, order, facts }: Prescribed) {
  const { t, language } = useLanguage();
  return {
    event: ({ kind, detail }: CoachEvent): Said | undefined => {
      switch (kind) {
        case 'cue':
          return { text: exerciseWords(file, language).cue(detail ?? ''), tone: 'careful' };
        case 'ceiling':
          return { text: t('live.ceiling'), tone: 'bad' };
        case 'seen_again':
          return { text: t('live.seenAgain'), tone: 'good' };
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
    problem: ({ kind, part, position }: NonNullable<LiveView['problem']>): string => {
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
export function useLiveSet({ cameraCoach, prescribed, part, onDone, onHurt }: LiveSetOptions) {
  const { t, language } = useLanguage();
  const { order } = prescribed;
  const wordsOf = useWords(prescribed);
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
      const { coach } = cameraCoach;
      if (over.current || !coach) return undefined;
      over.current = true;
      cameraCoach.mode = 'paused';
      const played = game.current?.();
      return { ...times.current(), coach, count: counted.current, short, ...(played && { game: played }) };
    },
    [cameraCoach],
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
    cameraCoach.mode = yes ? 'paused' : 'set';
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
  const stands = (problem: SetProblem) => {
    if (problem.say) say(wordsOf.problem(problem), language, 'cue');
    if (problem.pause) {
      pause(true);
      say(t('live.paused'), language, 'cue');
    }
  };
  const onLook = useEffectEvent((look: Look) => {
    const next = shownOf(look);
    counted.current = look.count;
    setShown((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    for (const event of look.events) hear(event);
    if (look.now?.problem) stands(look.now.problem);
    if (look.count >= order.repetitions) finish(false);
  });
  useEffect(() => {
    let gone = false;
    cameraCoach.mode = 'paused';
    times.current = startTimes();
    const { json, side, ceiling, helper } = order;
    cameraCoach.coach?.begin(json, { ...(side && { side }), ...(ceiling !== null && { ceiling }), helper }).then(
      () => {
        if (!gone) cameraCoach.mode = 'set';
      },
      () => {},
    );
    const pace = watchPace();
    const forget = cameraCoach.onLook((look) => {
      setSlow(pace(look.time_s));
      onLook(look);
    });
    return () => {
      gone = true;
      cameraCoach.mode = 'paused';
      forget();
      hush();
    };
  }, [cameraCoach, order]);

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
