// SPDX-License-Identifier: Apache-2.0
// A set's recording and its measures by the engine. Points come first; angles follow after both passes.
import { wrap } from 'comlink';
import { useEffect, useEffectEvent, useState } from 'react';
import { failureOf, type Failure } from '../../../data/api.ts';
import type { SessionDocument } from './document.ts';
import { loadBytes, loadCeiling, loadExercise, type ReviewedSet } from './load_day.ts';
import type { ReviewedMovement, ReviewWorker } from './review_worker.ts';

export interface Replay {
  movement?: ReviewedMovement;
  document?: SessionDocument;
  /** The exercise's file; null: the record has it no more. */
  exercise?: string | null;
  failure?: Failure;
  /** The engine cannot read it, and why. */
  unreadable?: string;
}

/** Loads a set's recording. `language`: of warnings, when the set is opened; a later change loads nothing again. */
export function useReplay(set: ReviewedSet | undefined, language: string): Replay {
  const [replay, setReplay] = useState<Replay>({});
  const id = set?.recording && set.id;
  const opened = useEffectEvent(() => ({ set, language }));
  useEffect(() => {
    setReplay({});
    const { set: one, language: spoken } = opened();
    if (id === undefined || !one?.recording) return undefined;
    const { url, gzip } = one.recording;
    let worker: Worker | undefined;
    let over = false;
    const add = (more: Replay) => {
      if (!over) setReplay((now) => ({ ...now, ...more }));
    };
    const begin = async () => {
      // The version that counted the set; without it only the points are shown.
      const [bytes, text, ceiling] = await Promise.all([
        loadBytes(url),
        loadExercise(one.exercise, one.version),
        loadCeiling(one),
      ]);
      if (over) return;
      add({ exercise: text ?? null });
      worker = new Worker(new URL('./review_worker.ts', import.meta.url), { type: 'module' });
      worker.onerror = () => add({ unreadable: '' });
      const review = wrap<ReviewWorker>(worker);
      try {
        add({ movement: await review.open(bytes, gzip) });
        if (text !== undefined)
          add({ document: await review.measure({ exercise: text, side: one.side, ceiling, language: spoken }) });
      } catch (error) {
        add({ unreadable: String(error instanceof Error ? error.message : error) });
      }
    };
    begin().catch((error: unknown) => add({ failure: failureOf(error) }));
    return () => {
      over = true;
      worker?.terminate();
    };
  }, [id]);
  return replay;
}
