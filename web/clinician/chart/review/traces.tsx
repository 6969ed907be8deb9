// SPDX-License-Identifier: Apache-2.0
import 'uplot/dist/uPlot.min.css';
import { NativeSelect, useComputedColorScheme } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useLanguage } from '../../../translations/language.tsx';
import { useWidth } from '../use_width.ts';
import type { Words } from '../../../clinical/chart/words.ts';
import type { Clock } from './clock.ts';
import { unitIn, valuesIn, type SessionDocument } from './document.ts';

const HEIGHT = 200;
const COLOURS = { left: '--line-1', right: '--line-2', none: '--line-3' } as const;

interface Props {
  document: SessionDocument;
  clock: Clock;
  marks: readonly number[];
  words: Words;
}

function Picture({
  document,
  clock,
  marks,
  measure,
  width,
}: Omit<Props, 'words'> & { measure: string; width: number }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = place.current;
    const lines = document.exercise.series.filter((one) => one.measure === measure);
    if (!target || width === 0 || lines.length === 0) return undefined;
    const style = getComputedStyle(target);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const unit = lines[0] && unitIn(lines[0]) === 'degree' ? '°' : '';
    const first = document.exercise.times_s[0] ?? 0;
    const axis = {
      stroke: color('--mantine-color-dimmed'),
      grid: { stroke: color('--rule'), width: 1 },
      ticks: { stroke: color('--rule'), width: 1 },
      font: '12px system-ui',
    };
    const [target_value, ceiling] =
      measure === document.exercise.definition.primary.measure
        ? [
            document.exercise.definition.target_deg ?? document.exercise.definition.target,
            document.exercise.ceiling_deg ?? document.exercise.ceiling,
          ]
        : [undefined, undefined];
    const decorate = ({ ctx, bbox, valToPos }: uPlot) => {
      ctx.save();
      ctx.beginPath();
      ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
      ctx.clip();
      for (const { start_s, end_s, faults, outcome } of document.exercise.repetitions) {
        ctx.fillStyle = color(faults && faults.length > 0 ? '--line-2' : '--line-1');
        ctx.globalAlpha = outcome === 'complete' ? 0.12 : 0.05;
        const left = valToPos(start_s - first, 'x', true);
        ctx.fillRect(left, bbox.top, valToPos(end_s - first, 'x', true) - left, bbox.height);
      }
      ctx.globalAlpha = 1;
      for (const [value, name, dash] of [
        [target_value, '--line-target', [8, 6]],
        [ceiling, '--line-ceiling', []],
      ] as const) {
        if (value === undefined || value === null) continue;
        ctx.strokeStyle = color(name);
        ctx.lineWidth = 2;
        ctx.setLineDash([...dash]);
        ctx.beginPath();
        ctx.moveTo(bbox.left, valToPos(value, 'y', true));
        ctx.lineTo(bbox.left + bbox.width, valToPos(value, 'y', true));
        ctx.stroke();
      }
      ctx.fillStyle = color('--line-5');
      for (const mark of marks) ctx.fillRect(valToPos(mark, 'x', true) - 2, bbox.top, 4, 10);
      ctx.restore();
    };
    let follow: (() => void) | undefined;
    const plot = new uPlot(
      {
        width,
        height: HEIGHT,
        legend: { show: false },
        padding: [8, 16, 0, 0],
        cursor: { y: false, drag: { x: false, y: false } },
        scales: { x: { time: false } },
        axes: [
          { ...axis, values: (_, ticks) => ticks.map((tick) => `${String(Number(tick.toFixed(1)))} s`) },
          { ...axis, size: 52, values: (_, ticks) => ticks.map((tick) => `${String(Number(tick.toFixed(2)))}${unit}`) },
        ],
        series: [
          {},
          ...lines.map(
            ({ side }): uPlot.Series => ({
              stroke: color(COLOURS[side ?? 'none']),
              width: 1.5,
              points: { show: false },
            }),
          ),
        ],
        // Where time is on the picture is known when it is drawn.
        hooks: { draw: [decorate, () => follow?.()] },
      },
      [document.exercise.times_s.map((time) => time - first), ...lines.map(valuesIn)] as uPlot.AlignedData,
      target,
    );
    const head = window.document.createElement('div');
    head.className = 'trace-head';
    plot.over.append(head);
    follow = () => {
      head.style.transform = `translateX(${plot.valToPos(clock.time, 'x')}px)`;
    };
    follow();
    const forget = clock.on(follow);
    const lead = ({ offsetX, target: touched }: MouseEvent) => {
      if (touched === plot.over) clock.seek(plot.posToVal(offsetX, 'x'));
    };
    plot.over.addEventListener('click', lead);
    return () => {
      forget();
      plot.destroy();
    };
  }, [document, measure, width, clock, marks]);
  return <div ref={place} style={{ minHeight: HEIGHT }} />;
}

/** Angles over the recording's time, with its repetitions shaded; a touch leads there. */
export function Traces({ document, clock, marks, words }: Props) {
  const { t } = useLanguage();
  const scheme = useComputedColorScheme('light');
  const measures = useMemo(() => [...new Set(document.exercise.series.map(({ measure }) => measure))], [document]);
  const [chosen, setChosen] = useState<string>();
  const measure =
    measures.find((one) => one === chosen) ??
    measures.find((one) => one === document.exercise.definition.primary.measure) ??
    measures[0];
  const { ref, width } = useWidth<HTMLDivElement>();
  if (measure === undefined) return <p className="none">{t('chart.replay.noAngles')}</p>;
  return (
    <div ref={ref} className="traces">
      <div className="tools">
        <NativeSelect
          size="sm"
          label={t('chart.replay.measure')}
          value={measure}
          onChange={(event) => setChosen(event.currentTarget.value)}
          data={measures.map((value) => ({ value, label: words.measure(value) }))}
        />
        <p className="small legend">
          <span data-line="1">{t('chart.side.left')}</span>
          <span data-line="2">{t('chart.side.right')}</span>
        </p>
      </div>
      <div role="img" aria-label={t('chart.picture', { title: words.measure(measure) })}>
        {/* A theme has colors of its own. */}
        <Picture key={scheme} document={document} clock={clock} marks={marks} measure={measure} width={width} />
      </div>
    </div>
  );
}
