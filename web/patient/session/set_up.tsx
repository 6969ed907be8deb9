// SPDX-License-Identifier: Apache-2.0
// Before a set: whether the camera sees what the exercise needs, and what to change; then the start.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ReadinessState } from 'reprise-engine';
import { say, wakeVoice } from '../../coach/voice.ts';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';
import { GestureStrip } from './hands_free/gesture_hints.tsx';
import { PaceSwitch } from './pace_sound/pace_switch.tsx';
import { startsItself } from './flow.ts';
import type { CameraCoach } from './camera_coach.ts';

/** Seconds that all must be good before it counts as found. */
const STEADY_S = 1.5;
const COUNTDOWN_S = 3;
const SPEAK_AGAIN_MS = 6_000;

interface Props {
  cameraCoach: CameraCoach;
  prescribed: Prescribed;
  again: boolean;
  onReady: () => void;
  onByHand: () => void;
  onSkip: () => void;
}

type Finding = ReadinessState['findings'][number];

/** The findings with something missing in the picture. Such a set starts only by hand. */
const MISSING: ReadonlySet<Finding['kind']> = new Set([
  'nobody',
  'several_people',
  'other_position',
  'too_near',
  'cut_off',
  'hidden',
]);

interface Ready {
  /** A picture was looked at. */
  looked: boolean;
  finding?: Finding | undefined;
  good: boolean;
  /** The view tells that the position is the right one. */
  sure: boolean;
  hand: boolean;
}

const NOT_YET: Ready = { looked: false, good: false, sure: false, hand: false };

function useReadiness({ cameraCoach, prescribed }: Pick<Props, 'cameraCoach' | 'prescribed'>) {
  const [ready, setReady] = useState(NOT_YET);
  useEffect(() => {
    let over = false;
    cameraCoach.mode = 'paused';
    const { json, side } = prescribed.order;
    cameraCoach.coach?.prepare(json, side ? { side } : {}).then(
      () => {
        if (!over) cameraCoach.mode = 'set-up';
      },
      () => {},
    );
    const forget = cameraCoach.onLook(({ readiness }) => {
      if (!readiness) return;
      const next: Ready = {
        looked: true,
        finding: readiness.findings[0],
        good: readiness.good_for_s >= STEADY_S,
        sure: readiness.position_sure,
        hand: readiness.raised_hand !== null,
      };
      setReady((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    });
    return () => {
      over = true;
      cameraCoach.mode = 'paused';
      forget();
    };
  }, [cameraCoach, prescribed]);
  return ready;
}

/** What to do next. */
function useAdvice({ looked, finding, good, sure }: Ready, { facts }: Prescribed) {
  const { t } = useLanguage();
  if (!looked) return t('setUp.looking');
  if (finding) {
    if (finding.kind === 'other_position') return t(`position.${finding.position ?? 'standing'}`);
    return t(`setUp.${finding.kind}`, {
      part: finding.part ? t(`part.${finding.part}`) : '',
      view: t(`view.${facts.views[0] ?? 'front'}`),
    });
  }
  if (!good) return t('setUp.stay');
  if (!sure)
    return t(facts.hand_starts ? 'setUp.askHand' : 'setUp.ask', {
      position: facts.position ? t(`position.${facts.position}`) : '',
    });
  return t(facts.starts_by_itself ? 'setUp.good' : 'setUp.goodHand');
}

export function SetUp({ cameraCoach, prescribed, again, onReady, onByHand, onSkip }: Props) {
  const { t, language } = useLanguage();
  const ready = useReadiness({ cameraCoach, prescribed });
  const { looked, finding, good, sure, hand } = ready;
  const text = useAdvice(ready, prescribed);
  const [by, setBy] = useState<'itself' | 'touch'>();
  const [left, setLeft] = useState(COUNTDOWN_S);
  const spoken = useRef({ text: '', at: 0 });
  const alone = prescribed.facts.starts_by_itself && sure;

  // A finding is repeated aloud until it is corrected; any other text is said once.
  const counts = by !== undefined && !(finding && MISSING.has(finding.kind));
  const speak = useCallback(() => {
    const { text: before, at } = spoken.current;
    if (!looked || counts || (text === before && performance.now() - at < SPEAK_AGAIN_MS - 100)) return;
    spoken.current = { text, at: performance.now() };
    say(text, language, 'cue');
  }, [looked, text, counts, language]);
  useEffect(speak, [speak]);
  useEffect(() => {
    if (!finding) return undefined;
    const tick = setInterval(speak, SPEAK_AGAIN_MS);
    return () => clearInterval(tick);
  }, [finding, speak]);

  const starts = startsItself({ inView: good, hand, alone });
  useEffect(() => {
    if (starts) setBy((now) => now ?? 'itself');
  }, [starts]);
  useEffect(() => {
    if (finding) setBy((now) => (now === 'itself' ? undefined : now));
  }, [finding]);
  useEffect(() => {
    if (!counts) setLeft(COUNTDOWN_S);
  }, [counts]);
  useEffect(() => {
    if (!counts) return undefined;
    if (left === 0) {
      onReady();
      return undefined;
    }
    say(String(left), language, 'count');
    const tick = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(tick);
  }, [counts, left, language, onReady]);

  const touched = () => {
    wakeVoice();
    if (by) onReady();
    else setBy('touch');
  };
  return (
    <>
      <div className="banner" role="status" data-tone={good ? 'good' : looked ? 'careful' : 'plain'}>
        <p className="cue">{text}</p>
        {!again && !good && <p className="hint">{exerciseWords(prescribed.file, language).set_up}</p>}
      </div>
      {!again && !counts && <GestureStrip prescribed={prescribed} />}
      {counts && left > 0 && (
        <p className="count" aria-hidden="true">
          {left}
        </p>
      )}
      <div className="controls">
        <Button className="wide" size="lg" onClick={touched}>
          {t(by ? 'setUp.startNow' : good ? 'setUp.start' : 'setUp.startAnyway')}
        </Button>
        {by && (
          <Button className="wide" size="lg" variant="default" onClick={() => setBy(undefined)}>
            {t('cancel')}
          </Button>
        )}
        <PaceSwitch prescribed={prescribed} />
        <Button size="lg" variant="default" onClick={onByHand}>
          {t('introduce.byHand')}
        </Button>
        <Button size="lg" variant="default" onClick={onSkip}>
          {t('session.skip')}
        </Button>
      </div>
    </>
  );
}
