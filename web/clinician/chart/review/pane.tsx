// SPDX-License-Identifier: Apache-2.0
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Bone } from 'reprise-engine';
import { Alert } from '../../../components/alert.tsx';
import { useLanguage } from '../../../translations/language.tsx';
import type { Clock } from './clock.ts';
import { Figure3d, type View } from './figure3d.ts';

export interface Shown {
  points: ArrayLike<number>;
  visibility?: ArrayLike<number>;
}

interface Props {
  label: string;
  bones: readonly Bone[];
  clock: Clock;
  /** Returns the points at a time of the clock; undefined: no person was detected. */
  at: (time: number) => Shown | undefined;
  camera: number;
  side: 'left' | 'right';
  view: { view: View; turn: number };
  /** For the buttons and keys that turn it. */
  figure: RefObject<Figure3d | undefined>;
}

/** One person in three dimensions, at the clock's time. */
export function Pane(props: Props) {
  // A canvas once used keeps its context: a theme, which has colors of its own, gets another one.
  return <Picture key={useComputedColorScheme('light')} {...props} />;
}

function Picture({ label, bones, clock, at, camera, side, view, figure }: Props) {
  const { t } = useLanguage();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const unseen = useRef<HTMLParagraphElement>(null);
  const [impossible, setImpossible] = useState(false);
  const where = useRef(at);
  const again = useRef(() => {});
  useEffect(() => {
    const [place, target] = [frame.current, canvas.current];
    if (!place || !target) return undefined;
    const style = getComputedStyle(place);
    const color = (name: string) => style.getPropertyValue(name).trim();
    let made: Figure3d;
    try {
      const colors = {
        left: color('--line-1'),
        right: color('--line-2'),
        middle: color('--mantine-color-dimmed') || '#888888',
        unsure: color('--rule'),
        grid: color('--rule'),
      };
      made = new Figure3d(target, colors, bones);
    } catch {
      setImpossible(true);
      return undefined;
    }
    figure.current = made;
    const measure = () => made.size(place.clientWidth, place.clientHeight);
    const observer = new ResizeObserver(measure);
    observer.observe(place);
    measure();
    const show = () => {
      const shown = where.current(clock.time);
      made.show(shown?.points, shown?.visibility);
      if (unseen.current) unseen.current.hidden = shown !== undefined;
    };
    again.current = show;
    show();
    const forget = clock.on(show);
    return () => {
      forget();
      observer.disconnect();
      made.dispose();
      figure.current = undefined;
    };
  }, [clock, figure, bones]);
  useEffect(() => {
    where.current = at;
    again.current();
  }, [at]);
  useEffect(() => {
    figure.current?.look(view.view, camera, side);
  }, [view.view, camera, side, figure]);
  const turns = useRef(0);
  useEffect(() => {
    figure.current?.turn(view.turn - turns.current);
    turns.current = view.turn;
  }, [view.turn, figure]);
  return (
    <figure className="pane">
      <figcaption>{label}</figcaption>
      {impossible ? (
        <Alert tone="careful">{t('chart.replay.no3d')}</Alert>
      ) : (
        <div ref={frame} className="pane-frame">
          <canvas ref={canvas} role="img" aria-label={t('chart.replay.picture', { name: label })} />
          <p ref={unseen} className="pane-unseen" hidden>
            {t('chart.replay.unseen')}
          </p>
        </div>
      )}
    </figure>
  );
}
