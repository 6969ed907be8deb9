// SPDX-License-Identifier: Apache-2.0
// What an exercise's file says, in the reader's language.
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

const inLanguage = <T>(words: Partial<Record<string, T>>, language: Language): T | undefined =>
  words[language] ?? words.en;

export function exerciseWords(file: ExerciseFile, language: Language) {
  const text = inLanguage(file.text, language);
  if (!text) throw new Error(`${file.id} has no text`);
  return {
    ...text,
    equipment: (file.equipment ?? []).map(({ item, required, use }) => ({
      item,
      required,
      use: inLanguage(use, language) ?? '',
    })),
    /** Of a part of the movement: "out", "hold" or "back"; empty if the file has none. */
    phase: (part: string) => {
      const found = file.phases?.find((one) => one.part === part);
      return (found && inLanguage(found.text, language)) ?? '';
    },
    cue: (rule: string) => {
      const found = file.form?.find(({ id }) => id === rule);
      return (found && inLanguage(found.cue, language)) ?? '';
    },
  };
}

export const fileOf = (json: string) => JSON.parse(json) as ExerciseFile;
