// SPDX-License-Identifier: Apache-2.0
import { keptOf } from './downsample.ts';
import type { Level } from './plot.tsx';
import { sound, type Point } from '../../clinical/chart/series.ts';

const WIDTH = 420;
const HEIGHT = 120;
const EDGE = 6;
/** For the scale's ends. */
const LEFT = 40;

export interface Scale {
  least: number;
  most: number;
}

interface Props {
  points: readonly Point[];
  from: number;
  to: number;
  levels: readonly Level[];
  label: string;
  scale: Scale | undefined;
  amount: (value: number) => string;
}

/** Values over time as a drawing that prints sharp; the numbers stand beside it. */
export function Sketch({ points, from, to, levels, label, scale, amount }: Props) {
  const all = sound(points).filter(({ at }) => at >= from && at <= to);
  const kept = keptOf(
    all.map(({ at }) => at),
    all.map(({ value }) => value),
    WIDTH / 2,
  ).flatMap((i) => all[i] ?? []);
  const ends = [
    ...kept.flatMap(({ value, uncertainty = 0 }) => [value - uncertainty, value + uncertainty]),
    ...levels.map(({ value }) => value),
  ];
  const [least, most] = scale ? [scale.least, scale.most] : [Math.min(...ends), Math.max(...ends)];
  const across = (at: number) => LEFT + EDGE + ((at - from) / Math.max(1, to - from)) * (WIDTH - LEFT - 2 * EDGE);
  const down = (value: number) =>
    HEIGHT - EDGE - (most === least ? 0.5 : (value - least) / (most - least)) * (HEIGHT - 2 * EDGE);
  return (
    <svg className="sketch" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <rect x={LEFT} y={0.5} width={WIDTH - LEFT - 0.5} height={HEIGHT - 1} className="edge" />
      {Number.isFinite(least) &&
        [most, least].map((value, i) => (
          <text key={i} x={LEFT - 4} y={down(value) + (i === 0 ? 8 : 0)} textAnchor="end">
            {amount(value)}
          </text>
        ))}
      {levels.map(({ value, kind }) => (
        <line
          key={kind}
          x1={LEFT}
          x2={WIDTH}
          y1={down(value)}
          y2={down(value)}
          className="level-line"
          data-kind={kind}
        />
      ))}
      {kept.map(
        ({ at, value, uncertainty }, i) =>
          uncertainty !== undefined && (
            <line
              key={i}
              x1={across(at)}
              x2={across(at)}
              y1={down(value - uncertainty)}
              y2={down(value + uncertainty)}
              className="doubt"
            />
          ),
      )}
      <polyline points={kept.map(({ at, value }) => `${across(at).toFixed(1)},${down(value).toFixed(1)}`).join(' ')} />
    </svg>
  );
}
