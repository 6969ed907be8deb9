// SPDX-License-Identifier: Apache-2.0
// The screen of a set that is watched.
import { Button } from '@mantine/core';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { MovingFigure } from '../../components/figure.tsx';
import { isHold, mirrored } from '../../exercises/prescribed.ts';
import { Alert } from '../../components/alert.tsx';
import { Companion } from './companion/companion.tsx';
import { GestureRing } from './hands_free/gesture_ring.tsx';
import { GameView } from './games/game_view.tsx';
import type { Play } from './games/use_games.ts';
import { PaceSwitch } from './pace_sound/pace_switch.tsx';
import { RangeBar } from './range_bar.tsx';
import { paced } from './tempo.ts';
import { useLiveSet, type LiveSetOptions } from './use_live_set.ts';

interface Props extends LiveSetOptions {
  /** The game that is shown in place of the range bar. */
  play: Play | undefined;
  set: number;
  /** What watches, in words. */
  by: string;
  /** Leaves the set, and sets up what watches anew. */
  onAnew?: () => void;
  onSkip: () => void;
  onStop: () => void;
}

/** In steps of five, which is about what a sensor is sure of. */
const rounded = (value: number, unit: 'degree' | 'ratio') =>
  5 * Math.round((unit === 'degree' ? value : 100 * value) / 5);

export function LiveSet({ play, set, by, onAnew, onSkip, onStop, ...options }: Props) {
  const { t, language, number } = useLanguage();
  const { shown, problem, cue, star, paused, pausedBy, slow, game, pause, hurt, finish } = useLiveSet(options);
  const { watcher, prescribed } = options;
  const { order, facts } = prescribed;
  const shareOf = (value: number) => (value - facts.rest) / (facts.target - facts.rest);
  return (
    <>
      <div
        className="banner"
        role="status"
        data-tone={cue?.tone ?? 'plain'}
        data-state={problem}
        data-quiet={!cue?.text || undefined}
      >
        <p className="cue">{cue?.text}</p>
      </div>
      <div className="counter" data-waits={problem ? true : undefined}>
        <p className="count">
          <span className="hidden">{t('live.counted')}</span>
          {shown.count}
          <span className="of">/{order.repetitions}</span>
        </p>
        {watcher.kind === 'sensors' && shown.value !== null && (
          <p className="worn-value">
            {t(facts.unit === 'degree' ? 'worn.angle' : 'worn.share', {
              value: number(rounded(shown.value, facts.unit)),
            })}
          </p>
        )}
        {isHold(prescribed) && <p className="held">{t('live.held', { seconds: shown.held, of: order.hold_s ?? 0 })}</p>}
      </div>
      {play ? (
        <GameView watcher={watcher} prescribed={prescribed} play={play} result={game} />
      ) : (
        <RangeBar
          progress={shown.progress}
          target={order.target === null ? 1 : shareOf(order.target)}
          ceiling={facts.ceiling === null ? null : shareOf(facts.ceiling)}
          atCeiling={shown.atCeiling}
          star={star}
          pace={isHold(prescribed) ? null : paced(facts.pace, shown.repetition_s)}
        />
      )}
      {facts.game_eligible && !shown.demonstrate && !play && !paused && !isHold(prescribed) && (
        <Companion prescribed={prescribed} count={shown.count} repetition_s={shown.repetition_s} slow={slow} />
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
          {t(pausedBy === 'hand' ? 'hands.paused' : 'live.paused')}
        </p>
      )}
      {shown.asking && <GestureRing {...shown.asking} paused={paused} />}
      <div className="controls">
        <Button size="lg" variant="default" onClick={() => pause(!paused)}>
          {t(paused ? 'live.goOn' : 'live.pause')}
        </Button>
        <Button size="lg" color="red.9" onClick={hurt}>
          {t('live.hurts')}
        </Button>
        {paused && (
          <>
            {onAnew && (
              <Button size="lg" variant="default" onClick={onAnew}>
                {t('worn.anew')}
              </Button>
            )}
            <PaceSwitch prescribed={prescribed} />
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
              {t('session.set', { set, of: order.sets })} · {by}
            </p>
          </>
        )}
      </div>
    </>
  );
}
