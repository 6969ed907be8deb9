// SPDX-License-Identifier: Apache-2.0
// The tests of range of motion (catalog/range_of_motion): for the engine as text, for a reader in words.
import type { ExerciseFacts, RangeTestSource } from 'reprise-engine';
import type { Language } from '../../translations/language.tsx';

type Words = Partial<Record<string, string>>;

export interface RangeText {
  position: string;
  movement: string;
  helper: string;
  placement: string;
}

interface RangeTestFile {
  id: string;
  name: Words;
  sided: boolean;
  pair?: { opposite: string; place: 'first' | 'last' };
  text: Partial<Record<string, RangeText>>;
  camera?: { exercise: string; view: 'front' | 'side'; rest: number; target: number; says?: Words };
  no_camera?: Words;
  instruments: ('goniometer' | 'inclinometer')[];
}

export interface RangeTest extends RangeTestFile {
  joint: string;
  source: RangeTestSource;
}

const files = import.meta.glob<string>('../../../catalog/range_of_motion/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});
const exercises = import.meta.glob<string>('../../../catalog/exercises/*.json', { query: '?raw', import: 'default' });

export const JOINTS = ['shoulder', 'elbow', 'forearm', 'wrist', 'hip', 'knee', 'ankle', 'neck', 'trunk'] as const;

/** By joint, from head to foot of each file. */
export const RANGE_TESTS: readonly RangeTest[] = JOINTS.flatMap((joint) => {
  const [path, text] = Object.entries(files).find(([name]) => name.endsWith(`/${joint}.json`)) ?? [];
  if (path === undefined || text === undefined) return [];
  const file = path.slice(path.lastIndexOf('/') + 1);
  return (JSON.parse(text) as { tests: RangeTestFile[] }).tests.map((test) => ({
    ...test,
    joint,
    source: { file, text, id: test.id },
  }));
});

export const rangeTest = (id: string | undefined) => RANGE_TESTS.find((test) => test.id === id);

const inLanguage = <T>(words: Partial<Record<string, T>> | undefined, language: Language) =>
  words?.[language] ?? words?.en;

export const nameOf = (test: RangeTest, language: Language) => inLanguage(test.name, language) ?? test.id;
export const textOf = (test: RangeTest, language: Language) => inLanguage(test.text, language);
export const cameraSays = (test: RangeTest, language: Language) =>
  inLanguage(test.camera ? test.camera.says : test.no_camera, language);

/** The text of an exercise's file; undefined: there is none. */
export async function exerciseText(id: string): Promise<string | undefined> {
  return exercises[`../../../catalog/exercises/${id}.json`]?.();
}

/** The file of the exercise that shows the movement. */
export const exerciseOf = async ({ camera }: RangeTest) => (camera ? exerciseText(camera.exercise) : undefined);

/** Whether the exercise's drawing shows this movement, and not the way back from it. */
export const isDrawnBy = ({ camera }: RangeTest, { rest, target }: Pick<ExerciseFacts, 'rest' | 'target'>) =>
  camera !== undefined && target > rest === camera.target > camera.rest;
