// SPDX-License-Identifier: Apache-2.0
// One plot of a recording: lines over time with marks and shaded stretches, or a path on one scale.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef } from 'react';
import uPlot from 'uplot';
import { useWidth } from '../use_width.ts';
import type { SignalPlot } from './signal_document.ts';

/** Of a line by its place, as in the legend. */
export const COLORS = ['--line-1', '--line-2', '--line-3', '--line-4', '--line-5'];
const HEIGHT_PX = 200;
const MARK_PX = 3;

/** Stretches of one name have one color. */
export function spanColor(spans: SignalPlot['spans'], name: string): string {
  const names = [...new Set(spans.map((span) => span.name))];
  return COLORS[(names.indexOf(name) + 1) % COLORS.length] ?? '';
}

/** Stretches behind the lines, marks on them. */
function decorate(plot: uPlot, { spans, marks }: SignalPlot, color: (name: string) => string) {
  const { ctx, bbox } = plot;
  const across = (x: number) => plot.valToPos(x, 'x', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = 0.12;
  spans.forEach(({ name, from, to }) => {
    ctx.fillStyle = color(spanColor(spans, name));
    ctx.fillRect(across(from), bbox.top, across(to) - across(from), bbox.height);
  });
  ctx.globalAlpha = 0.9;
  ctx.fillStyle = color('--line-2');
  for (const { x, y } of marks) {
    ctx.beginPath();
    ctx.arc(across(x), plot.valToPos(y, 'y', true), MARK_PX, 0, 2 * Math.PI);
    ctx.fill();
  }
  ctx.restore();
}

/** Of a band, only its filling is seen. */
const bandEdge = (label: string): uPlot.Series => ({ label, width: 0, points: { show: false } });

function OverTime({ plot, label }: { plot: SignalPlot; label: string }) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = place.current;
    if (!target || width === 0) return undefined;
    const style = getComputedStyle(target);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const axis = {
      stroke: color('--mantine-color-dimmed'),
      grid: { stroke: color('--rule'), width: 1 },
      ticks: { stroke: color('--rule'), width: 1 },
      font: '12px system-ui',
    };
    const { bands, lines } = plot;
    const tables = [
      ...lines.map(({ x, y }): uPlot.AlignedData => [x, y]),
      ...bands.map(({ x, low, high }): uPlot.AlignedData => [x, high, low]),
    ];
    const data = tables.length === 1 ? (tables[0] as uPlot.AlignedData) : uPlot.join(tables);
    const drawn = new uPlot(
      {
        width,
        height: HEIGHT_PX,
        legend: { show: false },
        padding: [8, 20, 0, 0],
        cursor: { y: false, drag: { x: true, y: false } },
        scales: { x: { time: false } },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map((tick) => `${tick} ${plot.x_unit}`) },
          { ...axis, size: 56 },
        ],
        series: [
          {},
          ...lines.map(
            ({ name }, i): uPlot.Series => ({
              label: name,
              stroke: color(COLORS[i % COLORS.length] ?? ''),
              width: 1,
              spanGaps: false,
              points: { show: false },
            }),
          ),
          ...bands.flatMap(({ of }): uPlot.Series[] => [bandEdge(of), bandEdge(of)]),
        ],
        bands: bands.map((_, i) => {
          const high = 1 + lines.length + 2 * i;
          return { series: [high, high + 1], fill: color('--band') };
        }),
        hooks: {
          drawClear: [(now) => decorate(now, { ...plot, marks: [] }, color)],
          draw: [(now) => decorate(now, { ...plot, spans: [] }, color)],
        },
      },
      data,
      target,
    );
    return () => drawn.destroy();
  }, [plot, width]);
  return (
    <div ref={ref}>
      <div ref={place} role="img" aria-label={label} />
    </div>
  );
}

function Path({ plot, label }: { plot: SignalPlot; label: string }) {
  const box = useMemo(() => {
    const all = [...plot.lines, { x: plot.marks.map(({ x }) => x), y: plot.marks.map(({ y }) => y) }];
    const [x, y] = [all.flatMap((one) => one.x), all.flatMap((one) => one.y).filter((one) => one !== null)];
    const [left, top] = [Math.min(...x), -Math.max(...y)];
    const size = Math.max(Math.max(...x) - left, -Math.min(...y) - top, Number.EPSILON);
    return { left, top, size };
  }, [plot]);
  const stroke = box.size / 200;
  return (
    <svg
      className="signal-path"
      viewBox={`${box.left} ${box.top} ${box.size} ${box.size}`}
      role="img"
      aria-label={label}
    >
      {plot.lines.map(({ name, x, y }, i) => (
        <polyline
          key={`${name} ${i}`}
          points={x.map((one, at) => `${one},${-(y[at] ?? 0)}`).join(' ')}
          fill="none"
          stroke={`var(${COLORS[i % COLORS.length]})`}
          strokeWidth={stroke}
        />
      ))}
      {plot.marks.map(({ x, y }, i) => (
        <circle key={`${x} ${y} ${i}`} cx={x} cy={-y} r={stroke} fill="var(--line-2)" />
      ))}
    </svg>
  );
}

export function SignalPicture(props: { plot: SignalPlot; label: string }) {
  // A theme has colors of its own.
  const scheme = useComputedColorScheme('light');
  return props.plot.over_time ? <OverTime key={scheme} {...props} /> : <Path {...props} />;
}
