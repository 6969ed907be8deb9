// SPDX-License-Identifier: Apache-2.0
import { amountIn } from '../../../fhir/amount.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { placeAt, sliceOf, type Arc } from './arc.ts';
import './arc.css';

const CENTER = [110, 110] as const;
const RADIUS = 92;
const LABEL = RADIUS + 10;
const EDGE = 18;

/** The part of the drawing that has something in it, from top to bottom. */
function heightOf({ start = 0, now, uncertainty }: Arc): [number, number] {
  const ends = [0, start, now - uncertainty, now + uncertainty];
  const downs = ends.map((end) => placeAt(end, RADIUS, CENTER)[1]);
  const top = Math.max(...ends) >= 90 ? CENTER[1] - RADIUS : Math.min(...downs);
  return [top - EDGE, Math.max(...downs) + EDGE];
}

function Ray({ at, kind }: { at: number; kind: 'zero' | 'start' | 'now' }) {
  const [x, y] = placeAt(at, RADIUS, CENTER);
  return <line className={kind} x1={CENTER[0]} y1={CENTER[1]} x2={x} y2={y} />;
}

function Angle({ at }: { at: number }) {
  const [x, y] = placeAt(at, LABEL, CENTER);
  return (
    <text x={x} y={y} dy="0.3em" textAnchor={at < 80 ? 'start' : at > 100 ? 'end' : 'middle'}>
      {amountIn(at, 'deg')}
    </text>
  );
}

/** Draws a joint's angle: the first day dashed, the last day solid, its uncertainty as a slice. */
export function RangeArc({ arc }: { arc: Arc }) {
  const { t } = useLanguage();
  const { start, now, uncertainty } = arc;
  const [top, bottom] = heightOf(arc);
  const [last, sure] = [amountIn(now, 'deg'), amountIn(uncertainty, 'deg')];
  const label =
    start === undefined
      ? t('arc.now', { now: last, uncertainty: sure })
      : t('arc.both', { start: amountIn(start, 'deg'), now: last, uncertainty: sure });
  return (
    <figure className="range-arc">
      <svg viewBox={`-30 ${top} 280 ${bottom - top}`} role="img" aria-label={label}>
        <path className="turn" d={sliceOf(0, now, RADIUS * 0.35, CENTER)} />
        <path className="unsure" d={sliceOf(now - uncertainty, now + uncertainty, RADIUS, CENTER)} />
        <Ray at={0} kind="zero" />
        {start !== undefined && <Ray at={start} kind="start" />}
        <Ray at={now} kind="now" />
        <circle cx={CENTER[0]} cy={CENTER[1]} r={5} />
        {start !== undefined && <Angle at={start} />}
        <Angle at={now} />
      </svg>
      <figcaption className="small">{t(start === undefined ? 'arc.keyNow' : 'arc.key')}</figcaption>
    </figure>
  );
}
