// SPDX-License-Identifier: Apache-2.0
// A set that is watched: counted, judged and spoken by the engine. Only when it is over is decided here.
import { useCallback, useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react';
import type { CoachState, GameResult, SetProblem } from 'reprise-engine';
import { preferences } from '../../data/preferences.ts';
import { watchPace } from '../../coach/pace_of_pictures.ts';
import { hush } from '../../coach/local_voice.ts';
import { say } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { isHold, type Prescribed } from '../../exercises/prescribed.ts';
import { filling, gesturesOf, listenForGestures, type Filling, type Gestures } from './hands_free/asked.ts';
import { followPace } from './pace_sound/pace_ticks.ts';
import { playTick } from './pace_sound/play_tick.ts';
import { useWornWords } from './sensors/words.ts';
import type { WornProblem } from './sensors/worn_state.ts';
import { startTimes, type Times } from './set_times.ts';
import type { Said } from './spoken/use_sentences.ts';
import { useSpeech } from './spoken/use_speech.ts';
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
  /** The exercise hurt before, in this session. */
  hurts: boolean;
  onDone: (result: LiveResult) => void;
  onHurt: () => void;
}

type PausedBy = 'touch' | 'hand';
const PAUSED_AS = { touch: 'paused', hand: 'waiting' } as const;

const SAID_FOR_MS = 4_000;
const STAR_FOR_MS = 1_600;

/** The part of the coach's state that is shown. It changes far less often than the pictures come. */
interface LiveView {
  count: number;
  held: number;
  /** Of the main measure, degrees or ratio; rounded. */
  value: number | null;
  progress: number | null;
  repetition_s: number;
  atCeiling: boolean;
  /** A gesture that is being held. */
  asking: Filling | undefined;
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
  asking: undefined,
  problem: null,
  demonstrate: false,
};

function problemOf(worn: SetLook['worn'], now: CoachState | undefined): LiveView['problem'] {
  if (worn) return { kind: worn.kind, place: worn.place };
  return now?.problem ? { kind: now.problem.kind, part: now.problem.part, position: now.problem.position } : null;
}

function shownOf({ count, now, worn }: SetLook, gestures: Gestures): LiveView {
  return {
    count,
    held: Math.floor(now?.held_s ?? 0),
    value: now?.value == null ? null : Math.round(now.value * 50) / 50,
    progress: now?.progress == null ? null : Math.round(now.progress * 50) / 50,
    repetition_s: now?.repetition_s ?? 0,
    atCeiling: now?.at_ceiling ?? false,
    asking: filling(now?.gesture, gestures),
    problem: problemOf(worn, now),
    demonstrate: now?.demonstrate ?? false,
  };
}

/** Returns the text of a problem, which keeps the set from going on. */
function useProblemText() {
  const { t } = useLanguage();
  const wornWords = useWornWords();
  return (problem: NonNullable<LiveView['problem']>): string => {
    if ('place' in problem) return wornWords.problem(problem);
    const { kind, part, position } = problem;
    if (kind === 'hidden') return part ? t('live.unseen', { part: t(`part.${part}`) }) : t('live.unseenAll');
    if (kind === 'other_position') return t(`position.${position ?? 'standing'}`);
    return t(`live.problem.${kind}`);
  };
}

/**
 * Runs the set while the component is shown. Returns what to show and what its buttons do; `game`: where a game leaves
 * its result.
 */
export function useLiveSet({ watcher, prescribed, part, hurts, onDone, onHurt }: LiveSetOptions) {
  const { t, language } = useLanguage();
  const { order } = prescribed;
  const problemText = useProblemText();
  const speech = useSpeech(watcher, prescribed, hurts);
  const [star, setStar] = useState(false);
  const [shown, setShown] = useState(NOTHING_YET);
  const [said, setSaid] = useState<Said>();
  const [pausedBy, setPausedBy] = useState<PausedBy>();
  const [asked] = useState(listenForGestures);
  const [tickOf] = useState(() => followPace(prescribed.facts.pace));
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
    speech.end(short ? undefined : result.count);
    onDone(result);
  };

  const pause = (yes: boolean, by: PausedBy = 'touch') => {
    watcher.mode = yes ? PAUSED_AS[by] : 'set';
    setPausedBy(yes ? by : undefined);
    if (!yes) return;
    speech.paused();
    setSaid(undefined);
  };
  /** A patient who paused by a touch is near the screen and may move in any way: only a touch goes on. */
  const pauseByHand = () => {
    if (pausedBy === 'hand') {
      pause(false);
      say(t('live.go'), language, 'done');
    } else if (!pausedBy) {
      pause(true, 'hand');
      say(t('hands.pausedSay'), language, 'cue');
    }
  };
  const hurt = () => {
    pause(true);
    speech.hurts();
    onHurt();
  };

  const onLook = useEffectEvent((look: SetLook) => {
    const gestures = gesturesOf(prescribed.facts, preferences().handPause);
    const next = shownOf(look, gestures);
    counted.current = look.count;
    setShown((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    const gesture = asked(look.now?.gesture);
    // The patient stands meters away: a hand above the head says what a touch on "It hurts" does.
    if (gesture === 'hurts' && watcher.mode !== 'paused') return hurt();
    if (gesture === 'pause' && gestures.pause) return pauseByHand();
    if (watcher.mode === 'waiting') return;
    const tick = isHold(prescribed) ? undefined : tickOf(look.now?.repetition_s ?? 0);
    const heard = speech.hear(look, next.problem ? problemText(next.problem) : '');
    if (heard.said) setSaid(heard.said);
    if (tick && watcher.mode === 'set') playTick(tick);
    if (heard.sparkle) setStar(true);
    if ((look.worn ?? look.now?.problem)?.pause) {
      pause(true);
      say(t('live.paused'), language, 'cue');
    }
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

  useEffect(() => {
    if (!star) return undefined;
    const end = setTimeout(() => setStar(false), STAR_FOR_MS);
    return () => clearTimeout(end);
  }, [star]);

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
  const cue = problem ? { text: problemText(problem), tone: 'careful' as const } : said;
  const paused = pausedBy !== undefined;
  return {
    shown,
    problem: problem?.kind,
    cue,
    star: star && !paused,
    paused,
    pausedBy,
    slow,
    game,
    pause,
    hurt,
    finish,
  };
}
