// SPDX-License-Identifier: Apache-2.0
// Accents and capitals do not count in a search.
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Returns whether every typed word begins a word of the text. */
export function wordsBegin(text: string, typed: string): boolean {
  const wanted = plain(typed).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const has = plain(text).split(/[^\p{L}\p{N}]+/u);
  return wanted.every((word) => has.some((one) => one.startsWith(word)));
}
