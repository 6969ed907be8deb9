// SPDX-License-Identifier: Apache-2.0
import { useEffect, useMemo } from 'react';
import type { PrescribedExercise, ProgrammeEngine } from 'reprise-engine';
import { prescribedFrom, type Prescribed } from './prescribed.ts';

/** The orders with the engine's exercises, which are released when the orders change or the page is left. */
export function usePrescribed(
  reprise: ProgrammeEngine,
  exercises: readonly PrescribedExercise[],
): readonly Prescribed[] {
  const orders = useMemo(() => exercises.map((order) => prescribedFrom(reprise, order)), [exercises, reprise]);
  useEffect(
    () => () => {
      for (const { exercise } of orders) exercise.release();
    },
    [orders],
  );
  return orders;
}
