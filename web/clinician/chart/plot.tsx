// SPDX-License-Identifier: Apache-2.0
import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import { useLanguage } from '../../translations/language.tsx';
import { onPoint, pointAt } from './crosshair.ts';
import { keptOf } from './downsample.ts';
import { sound, type Point } from '../../clinical/chart/series.ts';
import { useWidth } from './use_width.ts';
import { DAY_MS } from '../../fhir/durations.ts';

export interface Line {
  label: string;
  points: readonly Point[];
}
export interface Level {
  label: string;
  value: number;
  kind: 'target' | 'ceiling';
}

interface Props {
  label: string;
  lines: readonly Line[];
  from: number;
  to: number;
  unit: string;
  digits?: number;
  levels?: readonly Level[];
  /** Of the scale; else as the values are. */
  least?: number;
  most?: number;
  bars?: boolean;
  /** Moments that are marked by an upright line. */
  changes?: readonly number[];
  height?: number;
}

const NO_CHANGES: readonly number[] = [];
const COLOURS = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5'];
/** A value is told of when the crosshair is within this share of the picture's width. */
const NEAR = 0.02;

function nearest(points: readonly Point[], at: number, within: number): Point | undefined {
  let [low, high] = [0, points.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const closest = [points[low - 1], points[low]]
    .filter((one) => one !== undefined)
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0];
  return closest && Math.abs(closest.at - at) <= within ? closest : undefined;
}

/** A line's points as a picture of this width can show them. */
function drawn(points: readonly Point[], from: number, to: number, width: number): Point[] {
  const visible = sound(points).filter(({ at }) => at >= from && at <= to);
  return keptOf(
    visible.map(({ at }) => at),
    visible.map(({ value }) => value),
    Math.max(50, Math.floor(width / 2)),
  ).flatMap((i) => visible[i] ?? []);
}

/** Uncertainties as upright bars, levels as lines across, changes of the programme as dotted lines down. */
function decorate(
  plot: uPlot,
  lines: readonly (readonly Point[])[],
  levels: readonly Level[],
  changes: readonly number[],
  color: (name: string) => string,
) {
  const { ctx, bbox } = plot;
  const across = (at: number) => plot.valToPos(at / 1000, 'x', true);
  const down = (value: number) => plot.valToPos(value, 'y', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  lines.forEach((points, i) => {
    ctx.strokeStyle = color(COLOURS[i % COLOURS.length] ?? '');
    ctx.globalAlpha = 0.3;
    ctx.lineWidth = Math.max(1, Math.min(6, bbox.width / Math.max(1, points.length) / 3));
    ctx.beginPath();
    for (const { at, value, uncertainty } of points) {
      if (uncertainty === undefined) continue;
      ctx.moveTo(across(at), down(value - uncertainty));
      ctx.lineTo(across(at), down(value + uncertainty));
    }
    ctx.stroke();
  });
  ctx.globalAlpha = 1;
  for (const { value, kind } of levels) {
    ctx.strokeStyle = color(kind === 'ceiling' ? '--line-ceiling' : '--line-target');
    ctx.lineWidth = 2 * devicePixelRatio;
    ctx.setLineDash(kind === 'ceiling' ? [] : [8, 6]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, down(value));
    ctx.lineTo(bbox.left + bbox.width, down(value));
    ctx.stroke();
  }
  ctx.strokeStyle = color('--mantine-color-text');
  ctx.lineWidth = 1.5 * devicePixelRatio;
  ctx.setLineDash([2, 3]);
  for (const at of changes) {
    ctx.beginPath();
    ctx.moveTo(across(at), bbox.top);
    ctx.lineTo(across(at), bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

/** The scale holds every bar and level, and is never flat. */
function extent(
  lines: readonly (readonly Point[])[],
  levels: readonly Level[],
  least: number | undefined,
  most: number | undefined,
): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { value, uncertainty = 0 } of lines.flat()) {
    low = Math.min(low, value - uncertainty);
    high = Math.max(high, value + uncertainty);
  }
  for (const { value } of levels) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [least ?? 0, most ?? 1];
  // Of one value, a tenth of it on both sides: its digits are no change.
  const edge = Math.max((high - low) * 0.08, low === high ? Math.abs(high) * 0.1 : 0, 0.05);
  return [least ?? low - edge, most ?? high + edge];
}

/** Values over time. The same numbers stand in a table beside it; this is the picture of them. */
export function Plot(props: Props) {
  // A theme has colors of its own.
  return <Picture key={useComputedColorScheme('light')} {...props} />;
}

function Picture({
  label,
  lines,
  from,
  to,
  unit,
  digits = 0,
  levels = [],
  least,
  most,
  bars = false,
  changes = NO_CHANGES,
  height = 180,
}: Props) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const { language, moment } = useLanguage();
  const place = useRef<HTMLDivElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  // Drawn anew only where what it shows has changed.
  const shownLevels = JSON.stringify(levels);
  useEffect(() => {
    const target = place.current;
    if (!target || width === 0) return undefined;
    const across = JSON.parse(shownLevels) as Level[];
    const style = getComputedStyle(target);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const shown = lines.map(({ points }) => drawn(points, from, to, width));
    const tables = shown.map(
      (points): uPlot.AlignedData => [points.map(({ at }) => at / 1000), points.map(({ value }) => value)],
    );
    const data = tables.length === 1 ? (tables[0] as uPlot.AlignedData) : uPlot.join(tables);
    const days = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
    const months = new Intl.DateTimeFormat(language, { month: 'short', year: '2-digit' });
    const long = to - from > 200 * DAY_MS;
    const axis = {
      stroke: color('--mantine-color-dimmed'),
      grid: { stroke: color('--rule'), width: 1 },
      ticks: { stroke: color('--rule'), width: 1 },
      font: '12px system-ui',
    };
    const tell = (at: number | undefined) => {
      if (!said.current) return;
      const found =
        at === undefined
          ? []
          : lines.flatMap((line) => {
              const point = nearest(sound(line.points), at, (to - from) * NEAR);
              return point ? [{ line, point }] : [];
            });
      const words = ({ line, point: { value, uncertainty } }: (typeof found)[number]) => {
        const label = lines.length > 1 ? `${line.label} ` : '';
        const doubt = uncertainty === undefined ? '' : ` ± ${uncertainty.toFixed(digits)}${unit}`;
        return `${label}${value.toFixed(digits)}${unit}${doubt}`;
      };
      const [first] = found;
      said.current.textContent = first
        ? `${moment(new Date(first.point.at).toISOString())}: ${found.map(words).join(', ')}`
        : '\u00a0';
    };
    const follow = (at: number | undefined) => {
      const left = at === undefined ? -10 : plot.valToPos(at / 1000, 'x');
      plot.setCursor({ left, top: at === undefined ? -10 : 1 }, false);
      tell(at);
    };
    const plot = new uPlot(
      {
        width,
        height,
        legend: { show: false },
        padding: [8, 20, 0, 0],
        cursor: { y: false, drag: { x: false, y: false }, points: { show: !bars } },
        scales: {
          x: { time: true, range: [from / 1000, to / 1000] },
          y: { range: extent(shown, across, least, most) },
        },
        axes: [
          {
            ...axis,
            values: (_, ticks) => ticks.map((tick) => (long ? months : days).format(new Date(tick * 1000))),
            space: 70,
          },
          {
            ...axis,
            values: (_, ticks) => ticks.map((tick) => `${String(Number(tick.toFixed(2)))}${unit}`),
            size: (_, values) => Math.max(52, ...(values ?? []).map(({ length }) => length * 7 + 16)),
          },
        ],
        series: [
          {},
          ...lines.map(
            ({ label: name }, i): uPlot.Series => ({
              label: name,
              stroke: color(COLOURS[i % COLOURS.length] ?? ''),
              width: 1.5,
              spanGaps: true,
              ...(bars && {
                paths: uPlot.paths.bars?.({ size: [0.8, 40] }) as uPlot.Series.PathBuilder,
                fill: color(COLOURS[i % COLOURS.length] ?? ''),
              }),
              points: { show: !bars && (shown[i]?.length ?? 0) < width / 6, size: 5 },
            }),
          ),
        ],
        hooks: {
          draw: [(drawnPlot) => decorate(drawnPlot, shown, across, changes, color)],
          setCursor: [
            ({ cursor: { left = -1, event }, posToVal }) => {
              if (!event) return;
              const at = left < 0 ? undefined : posToVal(left, 'x') * 1000;
              tell(at);
              pointAt(at, follow);
            },
          ],
        },
      },
      data,
      target,
    );
    const forget = onPoint(follow);
    return () => {
      forget();
      plot.destroy();
    };
  }, [width, lines, from, to, shownLevels, least, most, unit, digits, language, moment, bars, changes, height]);
  return (
    <div ref={ref} className="plot" role="img" aria-label={label}>
      <p ref={said} className="plot-said small" aria-hidden="true">
        {'\u00a0'}
      </p>
      <div ref={place} style={{ minHeight: height }} />
    </div>
  );
}
