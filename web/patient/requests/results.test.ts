// SPDX-License-Identifier: Apache-2.0
import type { Programme, Reprise, RequestTerms } from 'reprise-engine';
import { expect, it, vi } from 'vitest';
import { answeredHere } from '../../data/answered.ts';
import { keepMeasured, measuredNow } from './results.ts';

vi.mock('../../data/outbox.ts', () => ({ post: async () => {} }));

it('each result of a request is known here until the record has it: a later one hides none', async () => {
  const reprise = {
    measurementBundle: ({ id }: { id: string }) =>
      JSON.stringify({ resourceType: 'Bundle', entry: [{ resource: { resourceType: 'Observation', note: id } }] }),
  } as unknown as Reprise;
  const asked = { request: 'ladder' } as RequestTerms;
  const result = { document: '', values: [] } as unknown as Parameters<typeof measuredNow>[0];
  for (const id of ['failed', 'whole']) {
    const at = '2026-03-02T10:00:00Z';
    const measured = measuredNow(result, at, at, true, id);
    await keepMeasured(reprise, 'kim', { patient: 'kim' } as Programme, asked, measured, false);
  }
  const known = (await answeredHere('kim', '2026-01-01', new Set())).flatMap((one) => JSON.parse(one).entry);
  expect(known.map(({ resource }) => resource.note)).toStrictEqual(['failed', 'whole']);
});
