// SPDX-License-Identifier: Apache-2.0
import type { WorkLoadResult } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { useWidth } from '../chart/use_width.ts';
import { highest } from './model.ts';

const ROW = 20;
const LEFT = 28;
const BELOW = 24;
/** Wide enough for the name of a level beside the rows. */
const WIDE = 480;
const NAMES = 72;
const MARKS = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600];

/** Each score is a row: light where the score can be it, dark where it is as measured. */
export function OverTime({ result: { load, levels } }: { result: WorkLoadResult }) {
  const { t, number } = useLanguage();
  const { ref, width } = useWidth<HTMLDivElement>();
  const { spans } = load.load;
  const from = spans[0]?.from_s ?? 0;
  const until = Math.max(spans.at(-1)?.to_s ?? 1, from + 0.1);
  const [lowest, top] = [levels[0]?.least ?? 1, levels.at(-1)?.most ?? 1];
  const right = width >= WIDE ? NAMES : 0;
  const height = (top - lowest + 1) * ROW;
  const x = (time_s: number) => LEFT + ((time_s - from) / (until - from)) * Math.max(1, width - LEFT - right);
  /** The upper edge of a score's row. */
  const y = (score: number) => (top - score) * ROW;
  const boxes = (which: 'all' | 'measured') =>
    spans
      .map((span) => {
        const { least, most } = span[which];
        const [left, end] = [x(span.from_s).toFixed(1), x(span.to_s).toFixed(1)];
        return `M${left} ${y(most)}H${end}V${y(least - 1)}H${left}Z`;
      })
      .join('');
  const step = MARKS.find((one) => (until - from) / one <= Math.max(2, width / 90)) ?? 900;
  const marks = Array.from({ length: Math.floor((until - from) / step) + 1 }, (_, i) => from + i * step);
  const [least, most] = highest(load, 'all');
  const [measuredLeast, measuredMost] = highest(load, 'measured');
  const rows = Array.from({ length: top - lowest + 1 }, (_, i) => lowest + i);
  return (
    <div className="over-time" ref={ref}>
      {width > 0 && (
        <svg
          width={width}
          height={height + BELOW}
          role="img"
          aria-label={t('workload.time.label', { least, most, measuredLeast, measuredMost })}
        >
          <rect className="ground" x={LEFT} y={0} width={Math.max(0, width - LEFT - right)} height={height} />
          <path className="all" d={boxes('all')} />
          <path className="measured" d={boxes('measured')} />
          {rows.map((score) => (
            <text key={score} x={LEFT - 8} y={y(score) + ROW / 2} textAnchor="end" dominantBaseline="central">
              {score}
            </text>
          ))}
          {levels.map((one) => (
            <g key={one.level}>
              <line x1={LEFT} x2={width - right} y1={y(one.most)} y2={y(one.most)} />
              {right > 0 && (
                <text x={width - right + 8} y={(y(one.most) + y(one.least - 1)) / 2} dominantBaseline="central">
                  {t('workload.level', { level: one.level })}
                </text>
              )}
            </g>
          ))}
          <line x1={LEFT} x2={width - right} y1={height} y2={height} />
          {marks.map((mark, i) => (
            <text key={mark} x={x(mark)} y={height + 16} textAnchor={i === 0 ? 'start' : 'middle'}>
              {number(mark - from)} s
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}
