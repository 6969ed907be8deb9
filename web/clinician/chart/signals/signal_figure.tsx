// SPDX-License-Identifier: Apache-2.0
// A plot of a recording with its title and legend.
import './signals.css';
import { useLanguage } from '../../../translations/language.tsx';
import type { SignalPlot } from './signal_document.ts';
import { COLORS, SignalPicture, spanColor } from './signal_plot.tsx';
import { useSignalWords } from './use_signal_words.ts';

function Legend({ plot }: { plot: SignalPlot }) {
  const { t } = useLanguage();
  const words = useSignalWords();
  const spans = [...new Set(plot.spans.map(({ name }) => name))];
  const marks = [...new Set(plot.marks.map(({ name }) => name))];
  const entry = (shape: 'line' | 'span' | 'mark' | 'band', name: string, color: string) => (
    <span key={`${shape} ${name} ${color}`} className="signal-name">
      <span className="swatch" data-shape={shape} style={{ color: `var(${color})` }} /> {name}
    </span>
  );
  return (
    <p className="small signal-legend">
      {plot.lines.map(({ name, side }, i) =>
        entry(
          'line',
          [words(name), side && t(`side.${side}`)].filter(Boolean).join(', '),
          COLORS[i % COLORS.length] ?? '',
        ),
      )}
      {spans.map((name) => entry('span', words(name), spanColor(plot.spans, name)))}
      {marks.map((name) => entry('mark', words(name), '--line-2'))}
      {plot.bands.map(({ of, source }) => entry('band', `${of} (${source})`, '--band'))}
    </p>
  );
}

export function SignalFigure({ plot }: { plot: SignalPlot }) {
  const words = useSignalWords();
  const title = [words(plot.name), plot.part && words(plot.part)].filter(Boolean).join(', ');
  return (
    <figure className="signal">
      <figcaption>
        <strong>{title}</strong> {plot.y_unit && <span className="small">{plot.y_unit}</span>}
      </figcaption>
      <SignalPicture plot={plot} label={title} />
      <Legend plot={plot} />
    </figure>
  );
}
