// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { closes, unanswered } from '../fhir/unanswered.ts';
import { messagesIn } from './messages.ts';
import { reactionOf, reactionsIn, reactionsTo } from './message_reactions.ts';

const written: any = {
  id: 'one',
  word: 'seen',
  about: 'c1',
  patient: 'p',
  practitioner: 'k',
  simulated: true,
  sent: '2026-03-02T10:00:00+01:00',
};
const stored = (id: string, at: string, change: object = {}): any => ({
  ...reactionOf(written),
  id,
  meta: { lastUpdated: at },
  ...change,
});
const bundle = (...resources: object[]) =>
  JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
const kim = { resourceType: 'Practitioner', id: 'k', name: [{ given: ['Kim'], family: 'Simulated' }] };
const NOON = '2026-03-02T12:00:00Z';

describe('a word to a message', () => {
  it('is of the clinician, about one message, and marked as simulated', () => {
    const made = reactionOf(written);
    expect([made.sender.reference, made.inResponseTo[0].reference, made.topic.coding[0].code]).toStrictEqual([
      'Practitioner/k',
      'Communication/c1',
      'seen',
    ]);
    expect(made.meta?.tag[0]?.code).toBe('simulated');
    expect('payload' in made).toBe(false);
  });

  it('does not answer the message, which goes on waiting, and is no message itself', () => {
    const reaction = stored('r', NOON);
    expect(closes(reaction)).toBe(false);
    expect(messagesIn([bundle(reaction)], 'p')).toStrictEqual([]);
    const message = { own: true, arrived: '2026-03-02T09:00:00Z', sent: undefined, closes: false };
    const seen = { own: false, arrived: NOON, sent: undefined, closes: closes(reaction) };
    expect(unanswered([message, seen])).toStrictEqual([message]);
  });

  it('is the newest of each clinician', () => {
    const found = reactionsIn(
      [
        bundle(
          stored('r1', '2026-03-02T10:00:00Z'),
          stored('r2', '2026-03-02T11:00:00Z', {
            topic: { coding: [{ system: 'urn:reprise:reaction', code: 'thank-you' }] },
          }),
          stored('r3', '2026-03-02T09:00:00Z', { sender: { reference: 'Practitioner/j' } }),
          kim,
        ),
      ],
      'p',
    );
    expect(found.map(({ recordId, word, by }) => [recordId, word, by])).toStrictEqual([
      ['r2', 'thank-you', 'Kim Simulated'],
      ['r3', 'seen', undefined],
    ]);
    expect(reactionsTo(found, 'c1')).toHaveLength(2);
    expect(reactionsTo(found, undefined)).toStrictEqual([]);
  });

  it('counts from a clinician alone, and not once it was taken back', () => {
    for (const change of [
      { status: 'entered-in-error' },
      { sender: { reference: 'Patient/p' } },
      { sender: undefined },
      { subject: { reference: 'Patient/q' } },
      { topic: { coding: [{ system: 'urn:reprise:reaction', code: 'hurry' }] } },
      { inResponseTo: [] },
      { category: [] },
    ])
      expect(reactionsIn([bundle(stored('r', NOON, change))], 'p'), JSON.stringify(change)).toStrictEqual([]);
  });
});
