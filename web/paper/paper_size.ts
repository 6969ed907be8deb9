// SPDX-License-Identifier: Apache-2.0
export type PaperSize = 'A4' | 'LETTER';

/** Where Letter is usual: the United States and Canada, and what CLDR names with them. */
const LETTER = ['US', 'CA', 'MX', 'CL', 'CO', 'PH', 'VE', 'GT', 'CR', 'PA', 'SV', 'NI', 'PR', 'DO', 'BZ'];

/** By the region of the browser's language. */
export function usualSize(languages: readonly string[]): PaperSize {
  const region = languages[0]?.split('-').find((part) => /^[A-Z]{2}$/.test(part));
  return region !== undefined && LETTER.includes(region) ? 'LETTER' : 'A4';
}
