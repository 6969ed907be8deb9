// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { amountOf } from '../../clinical/chart/measured_amount.ts';
import { inWords } from './words.ts';

const t = (key: string, values: Record<string, string | number>) => `${key} ${values.value}`;
const number = (value: number) => value.toFixed(1);

it('says a value as a sentence only in the unit that the sentence names', () => {
  expect(inWords('test_time', 12.34, 's', t, number)).toBe('phone.result.test_time 12.3');
  expect(inWords('test_time', 12340, 'ms', t, number)).toBe(undefined);
  expect(inWords('sway_area', 12, 'mm²', t, number)).toBe(undefined);
});

it('writes an amount with its uncertainty, in the language of the reader', () => {
  const value = {
    measure: 'test_time',
    value: 12.345,
    unit: 's',
    uncertainty: 0.42,
    primary: true,
    part: null,
    side: null,
    spread: null,
    count: 0,
  };
  expect(amountOf(value, 'en')).toBe('12.3 ± 0.4 s');
  expect(amountOf(value, 'de')).toBe('12,3 ± 0,4 s');
  expect(amountOf({ ...value, value: 5, unit: '', uncertainty: null }, 'en')).toBe('5');
});
