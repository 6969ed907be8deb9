// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { plotsIn } from './signal_document.ts';

const plot = {
  name: 'acceleration_magnitude',
  part: null,
  x_unit: 's',
  y_unit: 'm/s²',
  over_time: true,
  lines: [{ name: 'phone', side: null, breaks_allowed: false, x: [0, 1], y: [9.8, 10] }],
  marks: [{ name: 'initial_contact', x: 0.5, y: 9, side: null }],
  spans: [{ name: 'rise', from: 0, to: 1 }],
};
const document = (plots: unknown) => JSON.stringify({ schema: 'reprise.measurement/1', plots });

it('reads the plots of a measurement document', () => {
  const [read] = plotsIn(document([plot]));
  expect(read?.lines[0]?.y).toStrictEqual([9.8, 10]);
  expect(read?.marks).toStrictEqual([{ name: 'initial_contact', x: 0.5, y: 9 }]);
  expect(read?.spans).toStrictEqual([{ name: 'rise', from: 0, to: 1 }]);
});

it('reads the band of a group behind the lines, and leaves out one with an edge too short', () => {
  const band = { of: 'healthy women', source: 'GN1', x: [0, 1], low: [1, 2], high: [3, 4] };
  const [read] = plotsIn(document([{ ...plot, bands: [band, { ...band, high: [3] }] }]));
  expect(read?.bands).toStrictEqual([band]);
});

it('leaves out what cannot be drawn, and refuses another file', () => {
  const broken = { ...plot, marks: [], lines: [{ name: 'a', x: [0, 1], y: [1] }] };
  expect(plotsIn(document([broken, 7, { ...plot, lines: [{ x: [null], y: [1] }] }]))).toHaveLength(1);
  expect(plotsIn(document('none'))).toStrictEqual([]);
  expect(() => plotsIn('{"schema": "other/1"}')).toThrow();
  expect(() => plotsIn('[]')).toThrow();
});

it('draws no line across a gap in which nothing was measured', () => {
  const line = { name: 'heart_rate', side: null, x: [0, 1, 2, 3, 60, 61], y: [70, 71, 70, 72, 90, 91] };
  const read = (breaks_allowed: boolean) =>
    plotsIn(document([{ ...plot, lines: [{ ...line, breaks_allowed }] }]))[0]?.lines[0]?.y;
  expect(read(true)).toStrictEqual([70, 71, 70, 72, null, 90, 91]);
  expect(read(false)).toStrictEqual(line.y);
});
