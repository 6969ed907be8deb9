// SPDX-License-Identifier: Apache-2.0
// The plots of a measurement document, as a file from outside: read whole or not at all. Pure.
// docs/reference/measurement-document.md

export interface SignalLine {
  name: string;
  side: 'left' | 'right' | null;
  x: number[];
  /** Null: nothing was measured between its neighbors. */
  y: (number | null)[];
}
export interface SignalMark {
  name: string;
  x: number;
  y: number;
}
export interface SignalSpan {
  name: string;
  from: number;
  to: number;
}
/** What a group of people showed, behind the lines. */
export interface SignalBand {
  of: string;
  source: string;
  x: number[];
  low: number[];
  high: number[];
}
export interface SignalPlot {
  name: string;
  part: string | null;
  x_unit: string;
  y_unit: string;
  /** Else a path: x and y on one scale. */
  over_time: boolean;
  lines: SignalLine[];
  marks: SignalMark[];
  spans: SignalSpan[];
  bands: SignalBand[];
}

type Unknown = Readonly<Record<string, unknown>>;

/** More than the engine writes of a line. */
const MOST_POINTS = 20_000;

const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;
const list = (value: unknown): Unknown[] => (Array.isArray(value) ? value.filter(isObject) : []);
const text = (value: unknown) => (typeof value === 'string' ? value : '');
const isNumbers = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length <= MOST_POINTS && value.every((one) => Number.isFinite(one));
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** Where x steps by much more than usual, a line that may break does. As in the report (report/charts). */
const BREAK_STEPS = 5;

function broken(x: number[], y: number[]): Pick<SignalLine, 'x' | 'y'> {
  const steps = x.slice(1).map((one, i) => one - (x[i] ?? one));
  const usual = [...steps].sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const parts = x.map((one, i): [number, number | null][] => {
    const gap = steps[i - 1] ?? 0;
    const point: [number, number | null] = [one, y[i] ?? null];
    return usual > 0 && gap > BREAK_STEPS * usual ? [[one - gap / 2, null], point] : [point];
  });
  const all = parts.flat();
  return { x: all.map(([at]) => at), y: all.map(([, value]) => value) };
}

function lineIn({ name, side, x, y, breaks_allowed }: Unknown): SignalLine[] {
  if (!isNumbers(x) || !isNumbers(y) || x.length !== y.length || x.length === 0) return [];
  const points = breaks_allowed === true ? broken(x, y) : { x, y };
  return [{ name: text(name), side: side === 'left' || side === 'right' ? side : null, ...points }];
}

function plotIn(plot: Unknown): SignalPlot[] {
  const lines = list(plot.lines).flatMap(lineIn);
  const marks = list(plot.marks).flatMap(({ name, x, y }) =>
    isNumber(x) && isNumber(y) ? [{ name: text(name), x, y }] : [],
  );
  const spans = list(plot.spans).flatMap(({ name, from, to }) =>
    isNumber(from) && isNumber(to) ? [{ name: text(name), from, to }] : [],
  );
  const bands = list(plot.bands).flatMap(({ of, source, x, low, high }) =>
    isNumbers(x) && isNumbers(low) && isNumbers(high) && x.length === low.length && x.length === high.length
      ? [{ of: text(of), source: text(source), x, low, high }]
      : [],
  );
  if (lines.length === 0 && marks.length === 0) return [];
  return [
    {
      name: text(plot.name),
      part: text(plot.part) || null,
      x_unit: text(plot.x_unit),
      y_unit: text(plot.y_unit),
      over_time: plot.over_time !== false,
      lines,
      marks,
      spans,
      bands,
    },
  ];
}

/** Throws if the text is no measurement document. */
export function plotsIn(json: string): SignalPlot[] {
  const document: unknown = JSON.parse(json);
  if (!isObject(document) || !text(document.schema).startsWith('reprise.measurement/'))
    throw new Error('no measurement document');
  return list(document.plots).flatMap(plotIn);
}
