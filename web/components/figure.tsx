// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo, useState } from 'react';
import type { Bone, Drawing, ShownExercise } from 'reprise-engine';
import { wantsLessMotion } from '../data/preferences.ts';
import { EARS, linesOf } from './bones.ts';

const SIZE = 100;
/** Around the figure: room for its head and its lines. */
const MARGIN = 8;
/** Shares of a repetition at which it is looked how much room it takes. */
const LOOKS = [0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9];
/** A short stop before it begins again. */
const STOP_S = 0.8;

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function boxOf(drawings: readonly Drawing[]): Box {
  const across = drawings.flatMap(({ points }) => [...points].filter((_, i) => i % 2 === 0));
  const down = drawings.flatMap(({ points, floor }) => [...[...points].filter((_, i) => i % 2 === 1), floor]);
  const [left, right] = [Math.min(...across) * SIZE - MARGIN, Math.max(...across) * SIZE + MARGIN];
  const [top, bottom] = [Math.min(...down) * SIZE - MARGIN, Math.max(...down) * SIZE + MARGIN / 2];
  // A lying person is no wider than a standing person is high.
  const height = Math.max(bottom - top, (right - left) * 0.6);
  return { left, top: bottom - height, width: right - left, height };
}

interface StillProps {
  drawing: Drawing;
  bones: readonly Bone[];
  label: string;
  /** Room for more drawings than this one. */
  box?: Box;
}

/** One moment of a person. */
export function StillFigure({ drawing, bones, label, box = boxOf([drawing]) }: StillProps) {
  const { points, floor, nearer } = drawing;
  const across = (i: number) => (points[2 * i] ?? 0) * SIZE;
  const down = (i: number) => (points[2 * i + 1] ?? 0) * SIZE;
  const line = (of: readonly number[]) => of.map((i) => `${across(i)},${down(i)}`).join(' ');
  // The near side lies over the far one.
  const order = nearer === 'left' ? (['right', 'left'] as const) : (['left', 'right'] as const);
  return (
    <svg className="figure" viewBox={`${box.left} ${box.top} ${box.width} ${box.height}`} role="img" aria-label={label}>
      <line className="floor" x1={box.left} x2={box.left + box.width} y1={floor * SIZE + 1.5} y2={floor * SIZE + 1.5} />
      {order.map((side, i) => (
        <g key={side} data-near={i === 1 || nearer === null || undefined}>
          {linesOf(bones, side).map((limb) => (
            <polyline key={limb[0]} points={line(limb)} />
          ))}
        </g>
      ))}
      <polygon className="trunk" points={line(linesOf(bones, null).flat())} />
      <circle
        className="head"
        cx={(across(EARS[0]) + across(EARS[1])) / 2}
        cy={(down(EARS[0]) + down(EARS[1])) / 2}
        r={5}
      />
    </svg>
  );
}

interface Props {
  exercise: ShownExercise;
  mirror: boolean;
  label: string;
  moving?: boolean;
  /** Of a repetition; else the exercise's own. */
  seconds?: number | undefined;
  /** The most drawings a second. */
  rate_hz?: number;
}

/** Shows the movement as the catalog describes it; still if the user prefers reduced motion. */
export function MovingFigure({ exercise, mirror, label, moving = true, seconds: wanted_s, rate_hz = 60 }: Props) {
  const [share, setShare] = useState(0.5);
  const usual_s = useMemo(() => exercise.facts().repetition_s, [exercise]);
  const seconds = wanted_s ?? usual_s;
  const drawing = useMemo(() => exercise.drawing(share, { mirror }), [exercise, mirror, share]);
  const box = useMemo(() => boxOf(LOOKS.map((look) => exercise.drawing(look, { mirror }))), [exercise, mirror]);
  useEffect(() => {
    if (!moving || wantsLessMotion()) return undefined;
    const start = performance.now();
    let frame = 0;
    const draw = (now: number) => {
      const at = (Math.max(0, now - start) / 1000) % (seconds + STOP_S);
      // The same share is not drawn again.
      setShare(Math.min(1, Math.floor(at * rate_hz) / rate_hz / seconds));
      frame = requestAnimationFrame(draw);
    };
    frame = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(frame);
  }, [moving, seconds, rate_hz]);

  return <StillFigure drawing={drawing} bones={exercise.bones} label={label} box={box} />;
}
