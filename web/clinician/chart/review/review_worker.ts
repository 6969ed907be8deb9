// SPDX-License-Identifier: Apache-2.0
// A recording, off the page's thread: its points at once, then both passes of the engine over it.
import { expose, transfer } from 'comlink';
import { loadReprise, RepriseError, type Bone, type Reprise } from 'reprise-engine';
import { movementOf, type Movement } from './movement.ts';
import type { SessionDocument } from './document.ts';

interface Measuring {
  /** The exercise's file. */
  exercise: string;
  side: 'left' | 'right' | undefined;
  ceiling: number | undefined;
  language: string;
}

/** A movement, and what a person is drawn of. */
export type ReviewedMovement = Movement & { bones: readonly Bone[] };

let opened: { reprise: Reprise; recording: ReturnType<Reprise['recording']> } | undefined;

async function unpacked(bytes: Uint8Array, gzip: boolean): Promise<Uint8Array> {
  if (!gzip) return bytes;
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Throws the engine's reason where the recording or the exercise cannot be read. */
async function readable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RepriseError) throw new Error(error.found);
    console.error(error);
    throw error;
  }
}

const reviewWorker = {
  /** Returns the points of a recording. */
  open: (bytes: Uint8Array, gzip: boolean): Promise<ReviewedMovement> =>
    readable(async () => {
      const [reprise, packed] = await Promise.all([loadReprise(), unpacked(bytes, gzip)]);
      const recording = reprise.recording(packed);
      opened = { reprise, recording };
      const movement = movementOf(recording.frames, recording.simulated);
      return transfer({ ...movement, bones: reprise.bones }, [
        movement.times.buffer,
        movement.points.buffer,
        movement.visibility.buffer,
      ]);
    }),
  /** Returns the session document of the open recording. */
  measure: ({ exercise: text, side, ceiling, language }: Measuring): Promise<SessionDocument> =>
    readable(async () => {
      if (!opened) throw new Error('no recording is open');
      const { frames, simulated, width_px, height_px } = opened.recording;
      const exercise = opened.reprise.exercise(text);
      const coach = exercise.coach({ ...(side && { side }), ...(ceiling !== undefined && { ceiling }) });
      for (const frame of frames) coach.step({ ...frame, simulated });
      coach.finish();
      return JSON.parse(
        coach.session({ kind: simulated ? 'simulated' : 'video', name: 'recording', language, width_px, height_px }),
      ) as SessionDocument;
    }),
};
export type ReviewWorker = typeof reviewWorker;

expose(reviewWorker);
