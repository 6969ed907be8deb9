// SPDX-License-Identifier: Apache-2.0
// The common mistakes of an exercise that its file can show, in the reader's language.
import { wordsIn, type ExerciseFile } from '../exercises/exercise_words.ts';
import type { Language } from '../translations/language.tsx';

export interface Mistake {
  /** As the engine draws it. */
  id: string;
  name: string;
  /** What to do instead. */
  cue: string;
}

type Drawn = ExerciseFile & { movement?: { faults?: readonly { produces: string }[] } };

/** Only what the coach speaks of: a form rule with a name. */
export function mistakesOf(file: Drawn, language: Language): Mistake[] {
  const drawn = new Set(file.movement?.faults?.map(({ produces }) => produces));
  return (file.form ?? []).flatMap(({ id, name, cue }) => {
    const [named, told] = [wordsIn(name, language), wordsIn(cue, language)];
    return drawn.has(id) && named && told ? [{ id, name: named, cue: told }] : [];
  });
}

/** The right movement comes first; then wrong and right take turns, by mistake. `repetition`: counted from 0. */
export function mistakeAt(
  mistakes: readonly Mistake[],
  repetition: number,
): { mistake: Mistake; wrong: boolean } | undefined {
  const mistake = mistakes[Math.floor(Math.max(0, repetition - 1) / 2) % mistakes.length];
  return mistake && { mistake, wrong: repetition % 2 === 1 };
}
