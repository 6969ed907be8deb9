// A set's recording with what the engine makes of it. Points are there first; angles follow when both passes are
// through.
import { useEffect, useState } from 'react';
import { failureOf, type Failure } from '../../../data/api.ts';
import type { SessionDocument } from './document.ts';
import { loadBytes, loadCeiling, loadExercise, type ReviewedSet } from './load_day.ts';
import type { Movement } from './movement.ts';
import type { Asked, Told } from './review_worker.ts';

export interface Replay {
  movement?: Movement;
  document?: SessionDocument;
  /** The exercise's file; null: the record has it no more. */
  exercise?: string | null;
  failure?: Failure;
  /** The engine cannot read it, and why. */
  unreadable?: string;
}

/** `language`: of warnings, as it is when the set is opened: another one later is no reason to load all of it again. */
export function useReplay(set: ReviewedSet | undefined, language: string): Replay {
  const [replay, setReplay] = useState<Replay>({});
  const id = set?.recording && set.id;
  useEffect(() => {
    setReplay({});
    if (!set?.recording) return undefined;
    const { url, gzip } = set.recording;
    let worker: Worker | undefined;
    let over = false;
    const add = (more: Replay) => {
      if (!over) setReplay((now) => ({ ...now, ...more }));
    };
    const begin = async () => {
      // The version by which it was counted; of one that is gone nothing is measured, and the points are shown all the
      // same.
      const [bytes, text, ceiling] = await Promise.all([
        loadBytes(url),
        loadExercise(set.exercise, set.version),
        loadCeiling(set),
      ]);
      if (over) return;
      add({ exercise: text ?? null });
      worker = new Worker(new URL('./review_worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<Told>) => add('failure' in data ? { unreadable: data.failure } : data);
      worker.onerror = () => add({ unreadable: '' });
      worker.postMessage({ bytes, gzip, exercise: text, side: set.side, ceiling, language } satisfies Asked);
    };
    begin().catch((error: unknown) => add({ failure: failureOf(error) }));
    return () => {
      over = true;
      worker?.terminate();
    };
  }, [id]);
  return replay;
}
