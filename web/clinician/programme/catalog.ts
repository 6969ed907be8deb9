// SPDX-License-Identifier: Apache-2.0
// The exercises of the record's catalog as the builder searches them. Pure.
import type { ActivityDefinition, Coding } from 'fhir/r4';
import type { ExerciseFile } from '../../exercises/exercise_words.ts';
import { textFromBase64 } from '../../data/base64.ts';
import type { Language } from '../../translations/language.tsx';
import { newest } from '../../fhir/resources.ts';

type Words = Partial<Record<string, string>>;

/** The parts of an exercise's file that the builder looks at (docs/reference/catalog.md). */
export interface CatalogFile extends ExerciseFile {
  version: number;
  kind: 'repetitions' | 'hold';
  regions: string[];
  positions: string[];
  primary: { measure: string };
  sides: { sided: boolean; choices?: ('left' | 'right' | 'both')[]; meaning?: Words };
  range: { rest: number; target: number; ceiling?: number };
  dosage: { sets: number; repetitions: number; hold_s?: number; rest_s: number; days_per_week: number };
  load?: { weight_bearing?: 'none' | 'partial' | 'full' };
  progression?: { easier?: string[]; harder?: string[] };
  review?: { status?: string | undefined };
}

export interface Known {
  file: CatalogFile;
  /** Its text, byte for byte. */
  json: string;
  definition: ActivityDefinition;
}

/** The attached file of a definition; nothing where there is none that can be read. */
export function attachedFile<T>(
  definition: Pick<ActivityDefinition, 'relatedArtifact'>,
): { file: T; json: string } | undefined {
  const data = definition.relatedArtifact?.find(({ document }) => document?.contentType === 'application/json')
    ?.document?.data;
  if (data === undefined) return undefined;
  try {
    const json = textFromBase64(data);
    return { file: JSON.parse(json) as T, json };
  } catch {
    return undefined;
  }
}

/** Of each address the newest that is active. */
export function newestOfEach<
  T extends { url?: string | undefined; version?: string | undefined; status?: string | undefined },
>(definitions: readonly T[]): T[] {
  const active = definitions.filter(({ status }) => status === 'active');
  return [...new Set(active.map(({ url }) => url))].flatMap(
    (url) => newest(active.filter((one) => one.url === url)) ?? [],
  );
}

export function catalogOf(definitions: readonly ActivityDefinition[]): Map<string, Known> {
  const known = new Map<string, Known>();
  for (const definition of newestOfEach(definitions.filter(({ url }) => url?.startsWith('urn:reprise:exercise:')))) {
    const attached = attachedFile<CatalogFile>(definition);
    if (attached) known.set(attached.file.id, { ...attached, definition });
  }
  return known;
}

export interface TemplateFile {
  id: string;
  version: number;
  title: Words;
  summary: Words;
  conditions: Coding[];
  phases: {
    id: string;
    title: Words;
    goal: Words;
    weeks: { from: number; to?: number };
    exercises: { id: string; side: string }[];
    criteria?: Criterion[];
  }[];
  red_flags: Words[];
  precautions: Words[];
  fall_risk?: string;
}
export interface Criterion {
  kind: 'measure' | 'pain' | 'sessions' | 'judgement';
  exercise?: string;
  measure?: string;
  comparator?: '>=' | '<=';
  value?: number;
  text?: Words;
}
export interface Template {
  file: TemplateFile;
  json: string;
  canonical: string;
  reviewed: string | undefined;
}

export const said = (words: Words | undefined, language: Language) => words?.[language] ?? words?.en ?? '';

export interface Wanted {
  words: string;
  region: string;
  equipment: string;
  position: string;
  template: string;
}
export const EVERYTHING: Wanted = { words: '', region: '', equipment: '', position: '', template: '' };

const folded = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * Everything of an exercise that words are looked for in: names and goal in the reader's language and in English, id.
 */
function textOf({ file }: Known, language: Language): string {
  return folded(
    [
      file.id.replaceAll('_', ' '),
      ...[language, 'en' as const].flatMap((one) => {
        const text = file.text[one];
        return [text?.name ?? '', ...(text?.also ?? []), text?.goal ?? ''];
      }),
    ].join(' '),
  );
}

/**
 * `uses`: for each template the exercises that it has. Each word must be found. A name that is just the words
 * comes first, then names that contain them.
 */
export function search(
  all: readonly Known[],
  wanted: Wanted,
  language: Language,
  uses: ReadonlyMap<string, ReadonlySet<string>>,
): Known[] {
  const words = folded(wanted.words)
    .split(/\s+/)
    .filter((word) => word !== '');
  const name = ({ file }: Known) => file.text[language]?.name ?? file.text.en?.name ?? file.id;
  const fits = (known: Known) => {
    const { file } = known;
    const text = textOf(known, language);
    return (
      words.every((word) => text.includes(word)) &&
      (wanted.region === '' || file.regions.includes(wanted.region)) &&
      (wanted.position === '' || file.positions.includes(wanted.position)) &&
      (wanted.equipment === '' ||
        (wanted.equipment === 'none'
          ? !(file.equipment ?? []).some(({ required }) => required)
          : (file.equipment ?? []).some(({ item }) => item === wanted.equipment))) &&
      (wanted.template === '' || (uses.get(wanted.template)?.has(file.id) ?? false))
    );
  };
  const inName = (known: Known) => {
    const its = folded(name(known));
    return Number(words.every((word) => its.includes(word))) + Number(its === words.join(' '));
  };
  return all.filter(fits).sort((a, b) => inName(b) - inName(a) || name(a).localeCompare(name(b), language));
}

/** Those that are for one of the patient's problems come first. A code stands for all below it. */
export function fitting(
  templates: readonly Template[],
  codes: readonly Coding[],
): { template: Template; fits: boolean }[] {
  const covers = (of: Coding) =>
    codes.some(
      ({ system, code = '' }) =>
        system === of.system && code.replaceAll('.', '').startsWith((of.code ?? '').replaceAll('.', '')),
    );
  return templates
    .map((template) => ({ template, fits: template.file.conditions.some(covers) }))
    .sort((a, b) => Number(b.fits) - Number(a.fits));
}
