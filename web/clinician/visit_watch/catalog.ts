// SPDX-License-Identifier: Apache-2.0
import type { VisitWatchOptions } from 'reprise-engine';
import { exerciseText, RANGE_TESTS } from '../../coach/range/range_tests.ts';

type VisitCatalog = Pick<VisitWatchOptions, 'tests' | 'exercises'>;

let catalog: Promise<VisitCatalog> | undefined;

async function load(): Promise<VisitCatalog> {
  const ids = new Set(RANGE_TESTS.flatMap(({ camera }) => camera?.exercise ?? []));
  const exercises = await Promise.all([...ids].map(exerciseText));
  return {
    tests: RANGE_TESTS.map(({ source: { file, text } }) => ({ file, text })),
    exercises: exercises.filter((text) => text !== undefined),
  };
}

/** All tests of range of motion with the exercises that show their movements. */
export const visitCatalog = () => (catalog ??= load());
