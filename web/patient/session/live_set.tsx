// The set itself: counted, judged and spoken by the engine; nothing is decided here but when it is over.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { CoachEvent, CoachState, GameResult, SetProblem } from 'reprise-engine';
import type { CoachInBrowser, Look } from '../../coach/coach.ts';
import { watchPace } from '../../coach/pace_of_pictures.ts';
import { hush, say } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { MovingFigure } from '../../components/figure.tsx';
import { isHold, mirrored, type Prescribed } from '../../exercises/prescribed.ts';
import { Alert } from '../../components/alert.tsx';
import { GameView } from './games/game_view.tsx';
import type { Play } from './games/use_games.ts';
import { RangeBar } from './range_bar.tsx';
import { startTimes, type Times } from './set_times.ts';
import { paced } from './tempo.ts';
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

interface Props {
  cameraCoach: CameraCoach;
  prescribed: Prescribed;
  /** The game that is shown in place of the range bar. */
  play: Play | undefined;
  set: number;
  /** Ends the set early; returns undefined if no repetition was counted. */
  part: RefObject<(() => LiveResult | undefined) | undefined>;
  onDone: (result: LiveResult) => void;
  onSkip: () => void;
  onHurt: () => void;
  onStop: () => void;
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

/** Returns the texts of the coach's events; undefined for a count and for an event without text. */
function useWords({ file, order, facts }: Prescribed) {
  const { t, language } = useLanguage();
  return useCallback(
    ({ kind, detail }: CoachEvent): Said | undefined => {
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
    [file, order, facts, t, language],
  );
}

/** Words for what keeps the set from going on. */
function useProblemWords() {
  const { t } = useLanguage();
  return useCallback(
    ({ kind, part, position }: NonNullable<LiveView['problem']>): string => {
      if (kind === 'hidden') return part ? t('live.unseen', { part: t(`part.${part}`) }) : t('live.unseenAll');
      if (kind === 'other_position') return t(`position.${position ?? 'standing'}`);
      return t(`live.problem.${kind}`);
    },
    [t],
  );
}

export function LiveSet({ cameraCoach, prescribed, play, set, part, onDone, onSkip, onHurt, onStop }: Props) {
  const { t, language } = useLanguage();
  const { order, facts } = prescribed;
  const words = useWords(prescribed);
  const problemWords = useProblemWords();
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
  const finish = useCallback(
    (short: boolean) => {
      const result = end(short);
      if (!result) return;
      say(t('live.done'), language, 'done');
      onDone(result);
    },
    [end, language, onDone, t],
  );
  useEffect(() => {
    part.current = () => (counted.current > 0 ? end(true) : undefined);
    return () => {
      part.current = undefined;
    };
  }, [part, end]);

  const hear = useCallback(
    (event: CoachEvent) => {
      if (event.kind === 'repetition' || event.kind === 'hold_ended') say(String(event.count), language, 'count');
      if (event.kind === 'hold_second' && order.hold_s !== null && event.count === Math.ceil(order.hold_s)) {
        setSaid({ text: t('live.release'), tone: 'good' });
        say(t('live.release'), language, 'done');
      }
      const one = words(event);
      if (!one?.text) return;
      setSaid(one);
      say(one.text, language, event.kind === 'ceiling' ? 'stop' : 'cue');
    },
    [language, order, words, t],
  );

  const pause = useCallback(
    (yes: boolean) => {
      cameraCoach.mode = yes ? 'paused' : 'set';
      setPaused(yes);
      if (yes) setSaid(undefined);
    },
    [cameraCoach],
  );
  const stands = useCallback(
    (problem: SetProblem) => {
      if (problem.say) say(problemWords(problem), language, 'cue');
      if (problem.pause) {
        pause(true);
        say(t('live.paused'), language, 'cue');
      }
    },
    [problemWords, pause, language, t],
  );

  const heard = useRef({ hear, stands, finish });
  useEffect(() => {
    heard.current = { hear, stands, finish };
  }, [hear, stands, finish]);
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
    const forget = cameraCoach.onLook((look: Look) => {
      setSlow(pace(look.time_s));
      const next = shownOf(look);
      counted.current = look.count;
      setShown((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
      for (const event of look.events) heard.current.hear(event);
      if (look.now?.problem) heard.current.stands(look.now.problem);
      if (look.count >= order.repetitions) heard.current.finish(false);
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
  useEffect(() => {
    if (!hand) return;
    pause(true);
    onHurt();
  }, [hand, pause, onHurt]);

  // A locked screen or another app: what the camera misses must not look like a slow repetition.
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'hidden' && !over.current) pause(true);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  });
  const shareOf = (value: number) => (value - facts.rest) / (facts.target - facts.rest);
  const problem = shown.problem && said?.tone !== 'bad' ? problemWords(shown.problem) : undefined;
  const cue = problem ?? said?.text ?? '';
  return (
    <>
      <div
        className="banner"
        role="status"
        data-tone={problem ? 'careful' : (said?.tone ?? 'plain')}
        data-state={problem && shown.problem ? shown.problem.kind : undefined}
        data-quiet={cue === '' || undefined}
      >
        <p className="cue">{cue}</p>
      </div>
      <div className="counter" data-waits={problem ? true : undefined}>
        <p className="count">
          <span className="hidden">{t('live.counted')}</span>
          {shown.count}
          <span className="of">/{order.repetitions}</span>
        </p>
        {isHold(prescribed) && <p className="held">{t('live.held', { seconds: shown.held, of: order.hold_s ?? 0 })}</p>}
      </div>
      {play ? (
        <GameView cameraCoach={cameraCoach} prescribed={prescribed} play={play} result={game} />
      ) : (
        <RangeBar
          progress={shown.progress}
          target={order.target === null ? 1 : shareOf(order.target)}
          ceiling={facts.ceiling === null ? null : shareOf(facts.ceiling)}
          atCeiling={shown.atCeiling}
          pace={isHold(prescribed) ? null : paced(facts.pace, shown.repetition_s)}
        />
      )}
      {shown.demonstrate && (
        <div className="demonstration">
          <MovingFigure
            exercise={prescribed.exercise}
            mirror={mirrored(prescribed)}
            label={t('introduce.figure', { name: exerciseWords(prescribed.file, language).name })}
          />
        </div>
      )}
      {slow && !paused && (
        <Alert tone="careful" role="status">
          {t('live.slow')}
        </Alert>
      )}
      {paused && (
        <p className="paused" role="status">
          {t('live.paused')}
        </p>
      )}
      <div className="controls">
        <Button size="lg" variant="default" onClick={() => pause(!paused)}>
          {t(paused ? 'live.goOn' : 'live.pause')}
        </Button>
        <Button
          size="lg"
          color="red.9"
          onClick={() => {
            pause(true);
            onHurt();
          }}
        >
          {t('live.hurts')}
        </Button>
        {paused && (
          <>
            <Button size="lg" variant="default" onClick={() => finish(true)}>
              {t('live.finishSet')}
            </Button>
            <Button size="lg" variant="default" onClick={onSkip}>
              {t('session.skip')}
            </Button>
            <Button size="lg" variant="default" onClick={onStop}>
              {t('session.stop')}
            </Button>
            <p className="which">
              {t('session.set', { set, of: order.sets })} · {t(`model.${cameraCoach.coach?.model ?? 'lite'}`)}
            </p>
          </>
        )}
      </div>
    </>
  );
}
