// SPDX-License-Identifier: Apache-2.0
import { useId, type ReactNode } from 'react';
import { useLanguage } from '../../translations/language.tsx';
import type { Point } from './history.ts';

const WIDTH = 320;
const HEIGHT = 90;
const EDGE = 8;

interface Props {
  title: string;
  words: string;
  points: readonly Point[];
  unit: string;
  digits?: number;
  /** Below the words. */
  children?: ReactNode;
}

/** Shows values over days as a line, in words, and as numbers on request. */
export function Trend({ title, words, points, unit, digits = 0, children }: Props) {
  const { t, day } = useLanguage();
  const id = useId();
  const times = points.map((point) => new Date(`${point.day}T12:00`).getTime());
  const values = points.map(({ value }) => value);
  const place = (value: number, all: readonly number[], size: number) => {
    const [least, most] = [Math.min(...all), Math.max(...all)];
    return EDGE + (most === least ? 0.5 : (value - least) / (most - least)) * (size - 2 * EDGE);
  };
  const at = points.map(
    (point, i) => [place(times[i] ?? 0, times, WIDTH), HEIGHT - place(point.value, values, HEIGHT)] as const,
  );
  return (
    <div className="trend" role="group" aria-labelledby={id}>
      <h3 id={id}>{title}</h3>
      <p>{words}</p>
      {children}
      {points.length > 1 && (
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
          <polyline points={at.map((xy) => xy.join()).join(' ')} />
          {at.map(([x, y], i) => (
            <circle key={points[i]?.day} cx={x} cy={y} r={3.5} />
          ))}
        </svg>
      )}
      <details>
        <summary>{t('progress.numbers')}</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('progress.day')}</th>
              <th scope="col">{title}</th>
            </tr>
          </thead>
          <tbody>
            {points.map((point) => (
              <tr key={point.day}>
                <td>{day(point.day)}</td>
                <td>
                  {point.value.toFixed(digits)}
                  {unit}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  );
}
