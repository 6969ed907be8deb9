// SPDX-License-Identifier: Apache-2.0
import { beforeEach, expect, test, vi } from 'vitest';
import { resourcesIn } from '../fhir/resources.ts';
import { exerciseDefinitions } from './exercise_definitions.ts';

const record = vi.hoisted(() => ({ asked: [] as string[], versions: {} as Record<string, string> }));
const definition = (id: string, versionId: string, whole = true) => ({
  resourceType: 'ActivityDefinition',
  id,
  meta: { versionId },
  url: `urn:reprise:exercise:${id}`,
  ...(whole && { description: `file of ${id} ${versionId}` }),
});
const bundle = (resources: readonly object[]) =>
  JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });

vi.mock('./api.ts', () => ({
  fhirRead: (query: string) => {
    record.asked.push(query);
    const named = /_id=([^&]*)/.exec(query)?.[1]?.split(',');
    const all = Object.entries(record.versions).filter(([id]) => !named || named.includes(id));
    return Promise.resolve(bundle(all.map(([id, version]) => definition(id, version, !query.includes('_elements')))));
  },
}));

const URLS = ['urn:reprise:exercise:a', 'urn:reprise:exercise:b'];
const read = async (before: readonly string[]) => {
  const found = resourcesIn<{ description?: string }>(await exerciseDefinitions(URLS, before), 'ActivityDefinition');
  return found.map(({ description }) => description).sort();
};

beforeEach(() => {
  record.asked = [];
  record.versions = { a: '1', b: '4' };
});

test('all come where the device has none', async () => {
  expect(await read([])).toStrictEqual(['file of a 1', 'file of b 4']);
  expect(record.asked).toStrictEqual([
    'ActivityDefinition?url=urn%3Areprise%3Aexercise%3Aa,urn%3Areprise%3Aexercise%3Ab&_count=100',
  ]);
});

test('what the device has in the same version does not come again', async () => {
  const before = bundle([definition('a', '1'), definition('b', '4')]);
  expect(await read([before])).toStrictEqual(['file of a 1', 'file of b 4']);
  expect(record.asked).toHaveLength(1);
  expect(record.asked[0]).toContain('&_elements=url,version');
});

test('what the clinic has changed or added comes, and what it has taken away goes', async () => {
  const before = bundle([definition('a', '1'), definition('b', '3'), definition('c', '1')]);
  expect(await read([before])).toStrictEqual(['file of a 1', 'file of b 4']);
  expect(record.asked.at(-1)).toBe('ActivityDefinition?_id=b&_count=100');
});

test('a definition without a version is not taken for the present one', async () => {
  const before = bundle([{ ...definition('a', '1'), meta: {} }]);
  expect(await read([before])).toStrictEqual(['file of a 1', 'file of b 4']);
  expect(record.asked).toHaveLength(1);
});

test('no exercise asks for nothing', async () => {
  expect(await exerciseDefinitions([], [])).toStrictEqual([]);
  expect(record.asked).toStrictEqual([]);
});
