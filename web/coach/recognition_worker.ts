// SPDX-License-Identifier: Apache-2.0
// Recognition of the exercise beside a set, off the coach's thread: drawing what all exercises look like takes seconds
// on a phone, and no picture may wait for it.

import { expose } from 'comlink';
import { loadReprise, type Frame, type RecognizedSet, type Recognizer, type Reprise } from 'reprise-engine';

const files = import.meta.glob<{ id: string }>('../../catalog/exercises/*.json', { eager: true, import: 'default' });

const texts = new Map(Object.values(files).map((file) => [file.id, JSON.stringify(file)]));

let engine: Promise<Reprise> | undefined;
let drawn: { own: string; recognizer: Recognizer } | undefined;
let set: RecognizedSet | undefined;
let begun = 0;

/** Of the catalog, with the exercise of the set in place of its own or beside it: the clinic may have others. */
function recognizerWith(reprise: Reprise, id: string, own: string): Recognizer {
  const known = texts.get(id) === own;
  if (drawn && (known ? drawn.own === '' : drawn.own === own)) return drawn.recognizer;
  drawn?.recognizer.release();
  drawn = { own: known ? '' : own, recognizer: reprise.recognizer([...new Map(texts).set(id, own).values()]) };
  return drawn.recognizer;
}

const recognitionWorker = {
  async begin(exerciseJson: string) {
    begun += 1;
    const mine = begun;
    set?.release();
    set = undefined;
    const file = JSON.parse(exerciseJson) as { id: string };
    engine ??= loadReprise();
    const reprise = await engine;
    if (mine === begun) set = recognizerWith(reprise, file.id, JSON.stringify(file)).set(file.id);
  },
  /** Undefined where it did not look in this frame. */
  step: (frame: Frame) => set?.step(frame),
};
export type RecognitionWorker = typeof recognitionWorker;

expose(recognitionWorker);
