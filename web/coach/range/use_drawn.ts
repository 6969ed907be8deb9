// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import type { Exercise } from 'reprise-engine';
import { useEngine } from '../../data/engine.ts';
import { exerciseOf, isDrawnBy, type RangeTest } from './range_tests.ts';

/** The movement of the exercise that shows it; nothing where none does. */
export function useDrawn(test: RangeTest): Exercise | undefined {
  const reprise = useEngine();
  const [drawn, setDrawn] = useState<{ id: string; exercise: Exercise }>();
  useEffect(() => {
    let over = false;
    if (reprise && test.camera) {
      void exerciseOf(test).then((text) => {
        if (over || text === undefined) return;
        const exercise = reprise.exercise(text);
        if (isDrawnBy(test, exercise.facts())) setDrawn({ id: test.id, exercise });
      });
    }
    return () => {
      over = true;
    };
  }, [reprise, test]);
  return drawn?.id === test.id ? drawn.exercise : undefined;
}
