// SPDX-License-Identifier: Apache-2.0
import { describe, expect, test } from 'vitest';
import { patientRecord, RECORD_TYPES, referredIn } from './record_bundle.ts';

const page = (...resources: object[]) =>
  JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });

const RECORD: Record<string, string[]> = {
  Patient: [page({ resourceType: 'Patient', id: 'a' })],
  Observation: [
    page({ resourceType: 'Observation', id: '1', performer: [{ reference: 'Practitioner/dr' }] }),
    page(
      { resourceType: 'Observation', id: '2', performer: [{ reference: 'Practitioner/dr' }] },
      { resourceType: 'OperationOutcome' },
    ),
  ],
  Media: [page({ resourceType: 'Media', id: 'm', content: { url: 'https://clinic.example/fhir/Binary/b' } })],
};

const reading = (known: Record<string, string>, most = Number.POSITIVE_INFINITY) => {
  const asked: string[] = [];
  const steps: number[] = [];
  return {
    asked,
    steps,
    searchPages: async (path: string) => {
      asked.push(path);
      return RECORD[path.split('?')[0] ?? ''] ?? [page()];
    },
    read: async (address: string) => known[address],
    onProgress: (share: number) => {
      steps.push(share);
      return steps.length < most;
    },
  };
};

const NOW = new Date('2026-11-27T09:00:00Z');
const BASE = 'https://clinic.example/fhir';

describe('a patient’s record as a Bundle', () => {
  test('has all pages of all types, once each, and what they refer to', async () => {
    const from = reading({ 'Practitioner/dr': page(), 'Binary/b': '{"resourceType":"Binary","id":"b"}' });
    const made = await patientRecord('a', BASE, NOW, from);
    expect(made?.bundle).toMatchObject({ resourceType: 'Bundle', type: 'collection', timestamp: NOW.toISOString() });
    expect(made?.bundle.entry?.map(({ fullUrl }) => fullUrl)).toStrictEqual(
      ['Patient/a', 'Media/m', 'Observation/1', 'Observation/2', 'Binary/b', 'Practitioner/dr'].map(
        (address) => `${BASE}/${address}`,
      ),
    );
    expect(made?.missing).toStrictEqual([]);
    expect(from.asked).toHaveLength(RECORD_TYPES.length);
    expect(from.asked[0]).toBe('Patient?_id=a');
    expect(from.steps).toStrictEqual([...from.steps].sort((one, other) => one - other));
  });

  test('says which things it refers to could not be read', async () => {
    const made = await patientRecord('a', BASE, NOW, reading({}));
    expect(made?.missing).toStrictEqual(['Binary/b', 'Practitioner/dr']);
    expect(made?.resources).toBe(4);
  });

  test('stops when told to', async () => {
    const from = reading({}, 3);
    expect(await patientRecord('a', BASE, NOW, from)).toBeUndefined();
    expect(from.asked).toHaveLength(2);
  });

  test('fails as a whole if a search fails', async () => {
    const failing = { ...reading({}), searchPages: () => Promise.reject(new Error('unreachable')) };
    await expect(patientRecord('a', BASE, NOW, failing)).rejects.toThrow('unreachable');
  });

  test('reads no other patient and no other server', () => {
    const references = ['Patient/b', 'Observation/9', 'https://other.example/Practitioner/x', 'Practitioner/x/../y'];
    expect(referredIn(references.map((reference) => ({ reference })))).toStrictEqual(new Set());
  });
});
