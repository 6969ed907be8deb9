// Before a set: whether the camera sees what the exercise needs, and what to change; then the start.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ReadinessState } from 'reprise-engine';
import { say, wakeVoice } from '../../coach/voice.ts';
import { useLanguage, type Key } from '../../source/language.tsx';
import { exerciseWords } from '../../parts/exercise_words.ts';
import type { Prescribed } from '../../parts/prescribed.ts';
import { startsItself } from './flow.ts';
import type { Watching } from './watching.ts';

/** Seconds that all must be good before it counts as found. */
const STEADY_S = 1.5;
const COUNTDOWN_S = 3;
const SPEAK_AGAIN_MS = 6_000;

interface Props { watching: Watching; prescribed: Prescribed; again: boolean; onReady: () => void; onByHand: () => void; onSkip: () => void }

type Finding = ReadinessState['findings'][number];

function useReadiness({ watching, prescribed }: Pick<Props, 'watching' | 'prescribed'>) {
  const [finding, setFinding] = useState<Finding | undefined>();
  const [good, setGood] = useState(false);
  const [hand, setHand] = useState(false);
  useEffect(() => {
    let over = false;
    watching.mode = 'paused';
    const { json, side } = prescribed.order;
    watching.coach?.prepare(json, side ? { side } : {}).then(() => { if (!over) watching.mode = 'set-up'; }, () => {});
    const forget = watching.onLook(({ readiness }) => {
      if (!readiness) return;
      setFinding((before) => {
        const now = readiness.findings[0];
        return JSON.stringify(before) === JSON.stringify(now) ? before : now;
      });
      setGood(readiness.good_for_s >= STEADY_S);
      setHand(readiness.raised_hand !== null);
    });
    return () => {
      over = true;
      watching.mode = 'paused';
      forget();
    };
  }, [watching, prescribed]);
  return { finding, good, hand };
}

export function SetUp({ watching, prescribed, again, onReady, onByHand, onSkip }: Props) {
  const { t, language } = useLanguage();
  const { finding, good, hand } = useReadiness({ watching, prescribed });
  const [left, setLeft] = useState<number>();
  const spoken = useRef({ text: '', at: 0 });
  const alone = prescribed.facts.starts_by_itself;

  const about = finding && t(`setUp.${finding.kind}` as Key, {
    part: finding.part ? t(`part.${finding.part}` as Key) : '',
    view: t(`view.${prescribed.facts.views[0] ?? 'front'}` as Key),
  });
  const waits = good ? t(alone ? 'setUp.good' : 'setUp.goodHand') : t('setUp.stay');
  const text = about ?? waits;

  useEffect(() => {
    const { text: before, at } = spoken.current;
    if (left !== undefined || (text === before && performance.now() - at < SPEAK_AGAIN_MS)) return;
    spoken.current = { text, at: performance.now() };
    say(text, language, 'cue');
  }, [text, left, language]);

  const counting = startsItself({ inView: good, hand, alone });
  useEffect(() => { if (counting) setLeft((now) => now ?? COUNTDOWN_S); }, [counting]);
  useEffect(() => { if (!good && finding?.kind === 'nobody') setLeft(undefined); }, [good, finding]);
  useEffect(() => {
    if (left === undefined) return undefined;
    if (left === 0) {
      onReady();
      return undefined;
    }
    say(String(left), language, 'count');
    const tick = setTimeout(() => setLeft(left - 1), 1000);
    return () => clearTimeout(tick);
  }, [left, language, onReady]);

  return (
    <>
      <div className="banner" role="status" data-tone={good ? 'good' : 'careful'}>
        <p className="cue">{text}</p>
        {!again && !good && <p className="hint">{exerciseWords(prescribed.file, language).set_up}</p>}
      </div>
      {left !== undefined && left > 0 && <p className="count" aria-hidden="true">{left}</p>}
      <div className="controls">
        {left === undefined
          ? <Button className="wide" size="lg" onClick={() => { wakeVoice(); setLeft(COUNTDOWN_S); }}>{t(good ? 'setUp.start' : 'setUp.startAnyway')}</Button>
          : <Button className="wide" size="lg" variant="default" onClick={() => setLeft(undefined)}>{t('cancel')}</Button>}
        <Button size="lg" variant="default" onClick={onByHand}>{t('introduce.byHand')}</Button>
        <Button size="lg" variant="default" onClick={onSkip}>{t('session.skip')}</Button>
      </div>
    </>
  );
}
