// SPDX-License-Identifier: Apache-2.0
// Recognition of the exercise beside a set, off the coach's thread: drawing what all exercises look like takes seconds
// on a phone, and no picture may wait for it.

import { expose } from 'comlink';
import { loadReprise, type Frame, type RecognizedSet } from 'reprise-engine';

const files = import.meta.glob<{ id: string }>('../../catalog/exercises/*.json', { eager: true, import: 'default' });

/** The catalog, and the exercise of the set in place of the catalog's or beside it: the clinic may have its own. */
function exercises(own: { id: string }): string[] {
  const others = Object.values(files).filter(({ id }) => id !== own.id);
  return [...others, own].map((file) => JSON.stringify(file));
}

let set: RecognizedSet | undefined;

const recognitionWorker = {
  async begin(exerciseJson: string) {
    set?.release();
    set = undefined;
    const own = JSON.parse(exerciseJson) as { id: string };
    const reprise = await loadReprise();
    const recognizer = reprise.recognizer(exercises(own));
    set = recognizer.set(own.id);
    recognizer.release();
  },
  /** Undefined where it did not look in this frame. */
  step: (frame: Frame) => set?.step(frame),
};
export type RecognitionWorker = typeof recognitionWorker;

expose(recognitionWorker);
