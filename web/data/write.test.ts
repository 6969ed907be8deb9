// SPDX-License-Identifier: Apache-2.0
import type { Goal } from 'fhir/r4';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fhirRead, sendTransaction } from './api.ts';
import { restore } from './write.ts';

vi.mock('./api.ts', async (actual) => ({ ...(await actual<object>()), fhirRead: vi.fn(), sendTransaction: vi.fn() }));

const goal = (versionId: string, text: string) =>
  ({ resourceType: 'Goal', id: 'g', meta: { versionId }, description: { text } }) as Goal;
const isNow = (resource: Goal) => vi.mocked(fhirRead).mockResolvedValue(JSON.stringify(resource));

describe('a change that is undone', () => {
  beforeEach(() => {
    vi.mocked(sendTransaction).mockReset();
  });

  it('is written as it was before, over the version of the change alone', async () => {
    isNow(goal('10', 'changed'));
    await restore(goal('9', 'before'));
    const [{ resource, request }] = JSON.parse(vi.mocked(sendTransaction).mock.calls[0]?.[0] ?? '').entry;
    expect(resource.description.text).toBe('before');
    expect(request.ifMatch).toBe('W/"10"');
  });

  it("overwrites no other user's change", async () => {
    isNow(goal('11', "another's"));
    await expect(restore(goal('9', 'before'))).rejects.toMatchObject({ code: 'changed', status: 412 });
    expect(sendTransaction).not.toHaveBeenCalled();
  });
});
