// SPDX-License-Identifier: Apache-2.0
// Makes a handout on the device. This file and what it needs are loaded when the first one is wanted.
import type { Questionnaire } from 'fhir/r4';
import type { Programme, ProgrammeEngine } from 'reprise-engine';
import { prescribedFrom } from '../../exercises/prescribed.ts';
import { loadFonts } from '../pdf/fonts.ts';
import { handoutOf, type Speech } from './contents.ts';
import { handoutPdf, type HandoutOptions } from './layout.ts';
import { drawPosters, RATIO, type Posters } from './posters.ts';

interface Wanted {
  programme: Programme;
  flags: Questionnaire;
  options: HandoutOptions;
  speech: Speech;
  /** Takes how much is done, of 1; false: stop. */
  onProgress: (share: number) => boolean;
}

export interface Made {
  bytes: Uint8Array;
  /** Exercises whose pictures this device could not draw. */
  undrawn: number;
}

/** Undefined if it was stopped. */
export async function makeHandout(
  reprise: ProgrammeEngine,
  { programme, flags, options, speech, onProgress }: Wanted,
): Promise<Made | undefined> {
  const fonts = await loadFonts();
  const all = programme.exercises.map((order) => prescribedFrom(reprise, order));
  try {
    const wanted = all.filter(({ order }) => !order.held);
    const posters = new Map<string, Posters>();
    for (const [i, one] of wanted.entries()) {
      if (!onProgress(i / wanted.length)) return undefined;
      const drawn = await drawPosters(one);
      if (drawn) posters.set(one.order.request, drawn);
    }
    const handout = handoutOf(programme, all, flags, speech);
    const author = programme.clinic.name ?? 'Reprise';
    const bytes = await handoutPdf(fonts, handout, options, { posters, ratio: RATIO }, speech, author);
    return { bytes, undrawn: wanted.length - posters.size };
  } finally {
    for (const { exercise } of all) exercise.release();
  }
}
