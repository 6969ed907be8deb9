// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest';
import { newRelease, POSITIONS, releasesIn } from './self_releases.ts';

const made = (position: (typeof POSITIONS)[number]) =>
  newRelease(position, { patient: 'robin', practitioner: 'kim', authored: '2026-03-09T10:00:00+01:00' });
const kim = { resourceType: 'Practitioner' as const, id: 'kim', name: [{ text: 'Kim Simulated' }] };

it('says who released each position, and when', () => {
  for (const position of POSITIONS)
    expect(releasesIn([made(position)], [kim])).toMatchObject([
      { position, by: 'Kim Simulated', at: '2026-03-09T10:00:00+01:00' },
    ]);
});

it('leaves out a withdrawn one, and other requests', () => {
  expect(releasesIn([{ ...made('jump'), status: 'revoked' }], [kim])).toStrictEqual([]);
  expect(releasesIn([{ ...made('jump'), code: { text: 'Jump' } }], [kim])).toStrictEqual([]);
});
