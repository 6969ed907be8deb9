// SPDX-License-Identifier: Apache-2.0
// Two recorded movements played beside each other by the person in three dimensions.
import './two_replays.css';
import { Button, useComputedColorScheme } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ShownExercise, Replay } from 'reprise-engine';
import { wantsLessMotion } from '../data/preferences.ts';
import { useLanguage } from '../translations/language.tsx';
import { farthestIndex, figureOf, indexAt, roundOf } from './replay.ts';
import type { Show } from './show.ts';

export interface Played {
  replay: Replay;
  title: string;
}

interface Props {
  exercise: ShownExercise;
  mirror: boolean;
  label: string;
  /** Do not change while it is shown. */
  played: readonly Played[];
  /** Called where nothing can be drawn. */
  onNone: () => void;
}

/** Less than the screen can do, because two are drawn. */
const FRAME_MS = 1000 / 30;

export function TwoReplays(props: Props) {
  const scheme = useComputedColorScheme('light');
  return <Pictures key={scheme} dark={scheme === 'dark'} {...props} />;
}

/** Opens a show on each canvas; `undefined` until all are ready. */
function useShows({ exercise, mirror, played, dark, onNone }: Props & { dark: boolean }) {
  const canvases = useRef<(HTMLCanvasElement | null)[]>([]);
  const [shows, setShows] = useState<readonly Show[]>();
  const none = useEffectEvent(onNone);
  const first = useRef(played);
  useEffect(() => {
    let left = false;
    const opened: Show[] = [];
    const open = async () => {
      const { Show: Opened } = await import('./show.ts');
      const { support } = exercise.body(0, { mirror });
      const frame = first.current.flatMap(({ replay }) =>
        Array.from(replay.times_s, (_, i) => figureOf(replay, i, support)).filter((__, i) => i % 5 === 0),
      );
      for (const canvas of canvases.current) {
        if (left || !canvas) break;
        opened.push(await Opened.open(canvas, { exercise, mirror, dark, frame }));
      }
      if (left) for (const show of opened) show.dispose();
      else setShows([...opened]);
    };
    open().catch(() => {
      if (!left) none();
    });
    return () => {
      left = true;
      for (const show of opened) show.dispose();
      setShows(undefined);
    };
  }, [exercise, mirror, dark]);
  return { canvases, shows };
}

function Pictures(props: Props & { dark: boolean }) {
  const { exercise, mirror, label, played } = props;
  const { t } = useLanguage();
  const { canvases, shows } = useShows(props);
  const [running, setRunning] = useState(() => !wantsLessMotion());
  const first = useRef(played);
  const time_s = useRef<number>(undefined);
  useEffect(() => {
    if (!shows) return undefined;
    const { support } = exercise.body(0, { mirror });
    const round_s = roundOf(first.current.map(({ replay }) => replay));
    const draw = () => {
      shows.forEach((show, n) => {
        const replay = first.current[n]?.replay;
        const canvas = canvases.current[n];
        if (!replay || !canvas) return;
        const still = time_s.current === undefined;
        show.size(canvas.clientWidth, canvas.clientHeight);
        show.pose(
          figureOf(replay, still ? farthestIndex(replay) : indexAt(replay, (time_s.current ?? 0) % round_s), support),
        );
      });
    };
    let [request, last] = [0, performance.now()];
    const next = (now: number) => {
      request = requestAnimationFrame(next);
      if (now - last < FRAME_MS) return;
      time_s.current = (time_s.current ?? 0) + Math.min(0.25, (now - last) / 1000);
      last = now;
      draw();
    };
    draw();
    const resized = new ResizeObserver(draw);
    for (const canvas of canvases.current) if (canvas) resized.observe(canvas);
    if (running) request = requestAnimationFrame(next);
    return () => {
      cancelAnimationFrame(request);
      resized.disconnect();
    };
  }, [shows, running, exercise, mirror, canvases]);
  return (
    <div className="two-replays" data-ready={shows ? true : undefined} data-wide={shows?.[0]?.wide || undefined}>
      <div className="two-replays-pictures">
        {played.map(({ title }, n) => (
          <figure key={title}>
            <div className="two-replays-frame" role="img" aria-label={`${label}: ${title}`}>
              <canvas
                ref={(canvas) => {
                  canvases.current[n] = canvas;
                }}
              />
            </div>
            <figcaption>{title}</figcaption>
          </figure>
        ))}
      </div>
      <Button variant="default" disabled={!shows} onClick={() => setRunning(!running)}>
        {t(running ? 'person.pause' : 'person.play')}
      </Button>
    </div>
  );
}
