// SPDX-License-Identifier: Apache-2.0
// What an exercise's file says, in the reader's language.
import { contentIn } from '../translations/content.ts';
import type { Language } from '../translations/language.tsx';

type Words = Partial<Record<string, string>>;
interface PatientText {
  name: string;
  also?: string[];
  goal: string;
  set_up: string;
  steps: string[];
  stop?: string;
}

export interface ExerciseFile {
  id: string;
  text: Partial<Record<string, PatientText>>;
  equipment?: { item: string; required: boolean; use: Words }[];
  form?: { id: string; name: Words; cue: Words }[];
  phases?: { id: string; part: string; text: Words }[];
  falls?: { support_within_reach?: boolean; starts_by_itself?: boolean; balance?: string; high_risk_needs?: string };
}

/** Returns words of the file in the reader's language, else in English; undefined if there are none. */
export function wordsIn(words: Words, language: Language): string | undefined {
  const english = words.en;
  return words[language] ?? (english === undefined ? undefined : contentIn(english, language));
}

function textIn(texts: ExerciseFile['text'], language: Language): PatientText | undefined {
  const own = texts[language];
  if (own || !texts.en) return own;
  const { name, goal, set_up, steps, stop, ...rest } = texts.en;
  const words = (text: string) => contentIn(text, language);
  return {
    ...rest,
    name: words(name),
    goal: words(goal),
    set_up: words(set_up),
    steps: steps.map(words),
    ...(stop !== undefined && { stop: words(stop) }),
  };
}

export function exerciseWords(file: ExerciseFile, language: Language) {
  const text = textIn(file.text, language);
  if (!text) throw new Error(`${file.id} has no text`);
  return {
    ...text,
    equipment: (file.equipment ?? []).map(({ item, required, use }) => ({
      item,
      required,
      use: wordsIn(use, language) ?? '',
    })),
    /** Of a part of the movement: "out", "hold" or "back"; empty if the file has none. */
    phase: (part: string) => {
      const found = file.phases?.find((one) => one.part === part);
      return (found && wordsIn(found.text, language)) ?? '';
    },
    cue: (rule: string) => {
      const found = file.form?.find(({ id }) => id === rule);
      return (found && wordsIn(found.cue, language)) ?? '';
    },
  };
}

export const fileOf = (json: string) => JSON.parse(json) as ExerciseFile;
