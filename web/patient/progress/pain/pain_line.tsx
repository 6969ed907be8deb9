// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../../translations/language.tsx';
import { dayOf } from '../../../fhir/results.ts';
import type { Point } from '../history.ts';
import { piecesOf } from './pain.ts';

const WIDTH = 320;
const HEIGHT = 96;
const LEFT = 20;
const EDGE = 8;
const MOST = 10;
const LEVELS = [0, 5, MOST];

const timeOf = (day: string) => new Date(`${day}T12:00`).getTime();
const down = (value: number) => HEIGHT - EDGE - (value / MOST) * (HEIGHT - 2 * EDGE);

/** Draws answers from `from` until today on the whole scale, so that a small difference looks small. */
export function PainLine({ points, from }: { points: readonly Point[]; from: string }) {
  const { t, day, number } = useLanguage();
  const [begin, end] = [timeOf(from), timeOf(dayOf(new Date()))];
  const across = (of: string) =>
    LEFT + EDGE + (end > begin ? (timeOf(of) - begin) / (end - begin) : 0.5) * (WIDTH - LEFT - 2 * EDGE);
  const values = points.map(({ value }) => value);
  const [oldest, newest] = [points[0], points.at(-1)];
  const label =
    oldest && newest
      ? t('painLine.drawing', {
          count: points.length,
          from: day(oldest.day),
          to: day(newest.day),
          low: number(Math.min(...values)),
          high: number(Math.max(...values)),
        })
      : '';
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {LEVELS.map((level) => (
        <g key={level}>
          <line className="level" x1={LEFT} x2={WIDTH} y1={down(level)} y2={down(level)} />
          <text x={LEFT - 4} y={down(level)} dy="0.35em" textAnchor="end">
            {level}
          </text>
        </g>
      ))}
      {piecesOf(points).map((piece) => (
        <polyline
          key={piece[0]?.day}
          points={piece.map((point) => `${across(point.day)},${down(point.value)}`).join(' ')}
        />
      ))}
      {points.map((point) => (
        <circle key={point.day} cx={across(point.day)} cy={down(point.value)} r={3} />
      ))}
    </svg>
  );
}
