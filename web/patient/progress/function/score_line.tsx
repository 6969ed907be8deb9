// SPDX-License-Identifier: Apache-2.0
import type { ScorePoint } from 'reprise-engine';
import { drawingOf } from './drawing.ts';
import './function.css';

const BOX = { width: 320, height: 96, edge: 8 };

/** Draws the results of a test; the band is what counts as the same as the first. The words beside it say all. */
export function ScoreLine({ points, least }: { points: readonly ScorePoint[]; least?: number | undefined }) {
  const { points: places, band } = drawingOf(points, least, BOX);
  return (
    <svg className="score-line" viewBox={`0 0 ${BOX.width} ${BOX.height}`} aria-hidden="true">
      {band && <rect x={0} width={BOX.width} y={band.top} height={band.bottom - band.top} />}
      <polyline points={places.map(({ x, y }) => `${x},${y}`).join(' ')} />
      {places.map(({ x, y }, i) => (
        <circle key={points[i]?.at} cx={x} cy={y} r={4} />
      ))}
    </svg>
  );
}
