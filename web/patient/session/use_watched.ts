// SPDX-License-Identifier: Apache-2.0
// An exercise that a game or worn sensors count. Both need the whole engine, which a page that only shows the programme
// does not load.
import { useEffect, useMemo } from 'react';
import type { Exercise, Reprise } from 'reprise-engine';
import { useEngine } from '../../data/engine.ts';
import { prescribedFrom, type Prescribed } from '../../exercises/prescribed.ts';
import { asMuscle } from './sensors/ways.ts';

export type Watched = Prescribed<Exercise>;

/** The same exercise in the whole engine, also where a muscle is what counts. To be released. */
export function watchedFrom(reprise: Pick<Reprise, 'exercise'>, { order, facts }: Prescribed): Watched {
  const watched = prescribedFrom(reprise, order);
  if (facts.measure !== 'muscle_activity') return watched;
  const aimed = asMuscle(watched);
  watched.exercise.release();
  if (!aimed) throw new Error('an exercise without the muscle that it counts');
  return aimed;
}

/** Undefined until the engine is loaded. */
export function useWatched(prescribed: Prescribed): Watched | undefined {
  const reprise = useEngine();
  const watched = useMemo(() => reprise && watchedFrom(reprise, prescribed), [reprise, prescribed]);
  useEffect(() => () => watched?.exercise.release(), [watched]);
  return watched;
}
