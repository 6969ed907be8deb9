// SPDX-License-Identifier: Apache-2.0
// Which text is today's, by those that were read.

export interface Marks {
  /** URLs of the texts that were opened. */
  read: string[];
  /** The last day on which one was opened, and the first one of that day. */
  day?: string;
  first?: string;
}

/**
 * The URL of today's text: the first one that was not read, in the order of `urls`. On a day on which one was opened it
 * stays that one, so that there are never two in a day. undefined if all were read.
 */
export function pieceOfDay(urls: readonly string[], marks: Marks, today: string): string | undefined {
  if (marks.day === today && marks.first !== undefined && urls.includes(marks.first)) return marks.first;
  return urls.find((url) => !marks.read.includes(url));
}

/** The marks after a text was opened. */
export function withRead(marks: Marks, url: string, today: string): Marks {
  const read = [...new Set([...marks.read, url])];
  return marks.day === today ? { ...marks, read } : { read, day: today, first: url };
}

/** How long it takes to read, in minutes: about 140 words in each. Unsourced default. */
export const minutesOf = (text: string) => Math.max(1, Math.round(text.split(/\s+/).length / 140));

export const dayNow = () => new Date().toDateString();
