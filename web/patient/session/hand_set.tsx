// SPDX-License-Identifier: Apache-2.0
// One set without a camera: the figure shows the pace, the patient counts. Worth as much as one in front of it.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { say, wakeVoice } from '../../coach/voice.ts';
import { MovingFigure } from '../../components/figure.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { isHold, mirrored, type Prescribed } from '../../exercises/prescribed.ts';
import { startTimes, type Times } from './set_times.ts';
import { useKeptCount } from './kept_count.ts';

export interface HandResult extends Times {
  count: number;
  held_s: number | null;
  short: boolean;
}

interface Props {
  prescribed: Prescribed;
  set: number;
  /** The storage key of the count, from session, exercise and set. It lets the count survive a reload. */
  keep: string;
  /** Ends the set early; resolves to undefined if no repetition was counted. */
  part: RefObject<(() => Promise<HandResult | undefined>) | undefined>;
  onDone: (result: HandResult) => void;
  onCamera: (() => void) | undefined;
  onSkip: () => void;
  onHurt: () => void;
  onStop: () => void;
}

/** Seconds to take the position before a hold. Unsourced default. */
const READY_S = 5;

/** Time to take the position, then the hold, both counted down; `onEnd` with the seconds that it lasted. */
function Hold({ seconds, onEnd }: { seconds: number; onEnd: (held_s: number) => void }) {
  const { t, language } = useLanguage();
  // Below 0: so long until it begins.
  const [held, setHeld] = useState<number>();
  useEffect(() => {
    if (held === undefined) return undefined;
    if (held >= seconds) {
      say(t('live.release'), language, 'done');
      setHeld(undefined);
      onEnd(seconds);
      return undefined;
    }
    if (held < 0) say(String(-held), language, 'count');
    if (held === 0) say(t('live.go'), language, 'done');
    const tick = setTimeout(() => setHeld(held + 1), 1000);
    return () => clearTimeout(tick);
  }, [held, seconds, language, onEnd, t]);
  if (held === undefined) {
    return (
      <Button
        className="tap"
        onClick={() => {
          wakeVoice();
          setHeld(-READY_S);
        }}
      >
        {t('hand.hold', { seconds })}
      </Button>
    );
  }
  if (held < 0) {
    return (
      <Button className="tap" variant="default" onClick={() => setHeld(undefined)}>
        <span role="timer">{t('hand.ready', { seconds: -held })}</span>
      </Button>
    );
  }
  return (
    <Button
      className="tap"
      color="teal.9"
      onClick={() => {
        setHeld(undefined);
        onEnd(held);
      }}
    >
      <span role="timer">{t('hand.holding', { seconds: seconds - held })}</span>
    </Button>
  );
}

export function HandSet({ prescribed, set, keep, part, onDone, onCamera, onSkip, onHurt, onStop }: Props) {
  const { t, language } = useLanguage();
  const { order, exercise, file } = prescribed;
  const [kept, setKept] = useKeptCount(keep);
  const { count, total } = kept ?? { count: 0, total: 0 };
  const times = useRef(startTimes());
  const over = useRef(false);
  const hold = isHold(prescribed);
  const words = exerciseWords(file, language);

  const result = (at: number, held: number): HandResult => ({
    count: at,
    held_s: hold ? held : null,
    short: at < order.repetitions,
    ...times.current(),
    ...(kept?.startedAt && { startedAt: kept.startedAt }),
  });
  const end = (at: number, held: number) => {
    if (over.current) return;
    over.current = true;
    onDone(result(at, held));
  };
  useEffect(() => {
    part.current = async () => (count > 0 && !over.current ? result(count, total) : undefined);
    return () => {
      part.current = undefined;
    };
  });
  const add = (held = 0) => {
    const next = count + 1;
    const sum = total + held;
    setKept({ count: next, total: sum, startedAt: kept?.startedAt ?? times.current().startedAt });
    say(String(next), language, 'count');
    if (next >= order.repetitions) {
      say(t('live.done'), language, 'done');
      end(next, sum);
    }
  };
  if (!kept) return null;
  return (
    <div className="by-hand">
      <MovingFigure
        exercise={exercise}
        mirror={mirrored(prescribed)}
        label={t('introduce.figure', { name: words.name })}
      />
      <p className="count" role="status">
        <span className="hidden">{t('live.counted')} </span>
        {count}
        <span className="of">/{order.repetitions}</span>
      </p>
      {hold ? (
        <Hold
          seconds={Math.round(order.hold_s ?? 10)}
          onEnd={(held) => {
            if (held >= 1) add(held);
          }}
        />
      ) : (
        <Button
          className="tap"
          onClick={() => {
            wakeVoice();
            add();
          }}
        >
          {t('hand.count')}
        </Button>
      )}
      <p className="which">{t('session.set', { set, of: order.sets })}</p>
      <div className="controls">
        <Button
          size="md"
          variant="default"
          disabled={count === 0}
          onClick={() => setKept({ ...kept, count: count - 1 })}
        >
          {t('hand.undo')}
        </Button>
        <Button size="md" color="red.9" onClick={onHurt}>
          {t('live.hurts')}
        </Button>
        <Button size="md" variant="default" onClick={() => end(count, total)}>
          {t('live.finishSet')}
        </Button>
        {onCamera && (
          <Button size="md" variant="default" onClick={onCamera}>
            {t('introduce.camera')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onSkip}>
          {t('session.skip')}
        </Button>
        <Button size="md" variant="default" onClick={onStop}>
          {t('session.stop')}
        </Button>
      </div>
    </div>
  );
}
