// SPDX-License-Identifier: Apache-2.0
// Rules as the record keeps them: PlanDefinitions with a file attached (docs/clinician/rules.md).
import type { PlanDefinition } from 'fhir/r4';
import { textFromBase64, toBase64 } from '../../data/base64.ts';

/** What a clinic sets; by the names of the rule's file. */
export const NUMBERS = [
  'by',
  'shortOf',
  'leastDays',
  'usualGap',
  'recent.days',
  'recent.points',
  'before.days',
  'before.points',
] as const;
export type NumberName = (typeof NUMBERS)[number];

export interface Rule {
  definition: PlanDefinition;
  file: Record<string, unknown>;
  numbers: Partial<Record<NumberName, number>>;
  urgency: string;
  kind: string;
  of: string;
  on: boolean;
}

const PREFIX = 'urn:reprise:rule:';

const group = (file: Record<string, unknown>, name: string) => {
  const value = file[name];
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
};

function numberIn(file: Record<string, unknown>, name: NumberName): number | undefined {
  const [first = '', second] = name.split('.');
  const value = second === undefined ? file[first] : group(file, first)?.[second];
  return typeof value === 'number' ? value : undefined;
}

function ruleOf(definition: PlanDefinition): Rule | undefined {
  const document = definition.relatedArtifact?.find(
    (one) => one.document?.contentType === 'application/json',
  )?.document;
  if (!definition.url?.startsWith(PREFIX) || !document?.data) return undefined;
  try {
    const file = JSON.parse(textFromBase64(document.data)) as Record<string, unknown>;
    const numbers = Object.fromEntries(
      NUMBERS.flatMap((name) => {
        const value = numberIn(file, name);
        return value === undefined ? [] : [[name, value]];
      }),
    ) as Rule['numbers'];
    return {
      definition,
      file,
      numbers,
      urgency: String(file.urgency),
      kind: String(file.kind),
      of: String(file.of),
      on: definition.status === 'active',
    };
  } catch {
    return undefined;
  }
}

/** The newest active version of each; where none is, the newest. */
export function rulesIn(definitions: readonly PlanDefinition[]): Rule[] {
  const newest = new Map<string, Rule>();
  for (const definition of definitions) {
    const rule = ruleOf(definition);
    if (!rule) continue;
    const before = newest.get(definition.url ?? '');
    const counts = (one: Rule) => (one.on ? 1e9 : 0) + Number(one.definition.version);
    if (!before || counts(rule) > counts(before)) newest.set(definition.url ?? '', rule);
  }
  return [...newest.values()].sort((a, b) => (a.definition.url ?? '').localeCompare(b.definition.url ?? ''));
}

/** The next version, with other numbers. */
export function changed(rule: Rule, numbers: Rule['numbers'], urgency: string, newestVersion: number): PlanDefinition {
  const version = newestVersion + 1;
  const file = structuredClone(rule.file);
  file.version = version;
  file.urgency = urgency;
  for (const [name, value] of Object.entries(numbers)) {
    const [first = '', second] = name.split('.');
    if (second === undefined) file[first] = value;
    else file[first] = { ...group(file, first), [second]: value };
  }
  const { id: _, meta: __, ...rest } = rule.definition;
  return {
    ...rest,
    version: String(version),
    status: 'active',
    relatedArtifact: (rest.relatedArtifact ?? []).map((one) =>
      one.document?.contentType === 'application/json'
        ? {
            ...one,
            document: {
              ...one.document,
              data: toBase64(new TextEncoder().encode(`${JSON.stringify(file, null, 2)}\n`)),
            },
          }
        : one,
    ),
  };
}

export function titleOf({ title, _title }: PlanDefinition, language: string): string {
  const translated = _title?.extension?.find(({ extension = [] }) =>
    extension.some(({ url, valueCode }) => url === 'lang' && valueCode === language),
  );
  return translated?.extension?.find(({ url }) => url === 'content')?.valueString ?? title ?? '';
}
