// SPDX-License-Identifier: Apache-2.0
// For unit tests: texts as their keys with their values, so that a test sees which text was chosen.
import type { Spoken } from '../translations/language.tsx';

export const speechOfKeys = {
  language: 'en',
  t: (key: string, values: object = {}) => [key, ...Object.values(values)].join(' '),
  counted: (key: string, count: number) => `${key} ${count}`,
  number: String,
  day: (date: string) => date,
  moment: (iso: string) => iso,
} as unknown as Spoken;
