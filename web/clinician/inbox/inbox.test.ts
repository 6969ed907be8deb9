// SPDX-License-Identifier: Apache-2.0
// Who waits for an answer, in what order, and how an answer is sent once.

import { describe, expect, it } from 'vitest';
import { conversationsIn, messagesSince, unanswered, waitingIn } from '../../fhir/unanswered.ts';
import { rowsOf } from './inbox.ts';
import { attempted, hasArrived } from './draft.ts';
import { answerOf, messagesIn, settledBy } from '../../data/messages.ts';
import { askedSince, withNews } from '../../clinical/attention.ts';

const said = (id, of, arrived, { own = true, sent = arrived, code = 'message', ...more } = {}): any => ({
  resourceType: 'Communication',
  id,
  status: 'completed',
  meta: { lastUpdated: arrived },
  sent,
  subject: { reference: `Patient/${of}` },
  sender: { reference: own ? `Patient/${of}` : 'Practitioner/kim' },
  category: [{ coding: [{ system: 'urn:reprise:communication', code }] }],
  payload: [{ contentString: id }],
  ...more,
});
const of = (...all) => conversationsIn(all).get('a');

describe('inbox', () => {
  it("what reached the record after the clinic's last answer waits, whatever the writer's clock says", () => {
    expect(
      of(said('1', 'a', '2026-03-01T08:00:00Z'), said('2', 'a', '2026-03-01T09:00:00Z', { own: false })).waiting,
    ).toBe(0);
    expect(
      of(said('1', 'a', '2026-03-01T08:00:00Z', { own: false }), said('2', 'a', '2026-03-01T09:00:00Z')).waiting,
    ).toBe(1);
    // Written in a train before the clinic's answer, sent after it.
    expect(
      of(
        said('1', 'a', '2026-03-01T09:00:00Z', { own: false }),
        said('2', 'a', '2026-03-01T10:00:00Z', { sent: '2026-03-01T08:00:00Z' }),
      ).waiting,
    ).toBe(1);
    // A clock that is a year ahead makes no message wait. A clock that is a year behind hides no message.
    expect(
      of(
        said('1', 'a', '2026-03-01T08:00:00Z', { sent: '2027-03-01T08:00:00Z' }),
        said('2', 'a', '2026-03-01T09:00:00Z', { own: false }),
      ).waiting,
    ).toBe(0);
    expect(
      of(
        said('1', 'a', '2026-03-01T08:00:00Z', { own: false }),
        said('2', 'a', '2026-03-01T09:00:00Z', { sent: '2025-03-01T09:00:00Z' }),
      ).waiting,
    ).toBe(1);
    // Written to the record at once, as the simulated clinic is: then by when it was written.
    const at_once = (sent, own) => said(sent, 'a', '2026-03-02T00:00:00Z', { own, sent });
    expect(of(at_once('2026-03-01T09:00:00Z', false), at_once('2026-03-01T08:00:00Z', true)).waiting).toBe(0);
    expect(of(at_once('2026-03-01T08:00:00Z', false), at_once('2026-03-01T09:00:00Z', true)).waiting).toBe(1);
  });

  it('messages in error or about no patient do not count; an erasure request shows until it is answered', () => {
    const question = said('1', 'a', '2026-03-01T08:00:00Z');
    for (const status of ['entered-in-error', 'preparation'])
      expect(of(question, said('2', 'a', '2026-03-01T09:00:00Z', { own: false, status } as any)).waiting, status).toBe(
        1,
      );
    expect(
      conversationsIn([
        { ...question, subject: undefined },
        { ...question, subject: { reference: 'Group/a' } },
      ]).size,
    ).toBe(0);
    const wish = said('2', 'a', '2026-03-01T09:00:00Z', { code: 'erasure-request' });
    expect([of(question, wish).erasure, of(question, wish).waiting]).toStrictEqual([true, 2]);
    expect([
      of(question, wish, said('3', 'a', '2026-03-01T10:00:00Z', { own: false })).erasure,
      of(question).erasure,
    ]).toStrictEqual([false, false]);
  });

  // Clinician finding 3: the notice that a programme has changed closed the patient's question.
  it("only a person's answer closes a question, or their word that it needs none", () => {
    const question = said('1', 'a', '2026-03-01T08:00:00Z');
    const from = { patient: 'a', practitioner: 'kim', simulated: false, sent: '2026-03-01T09:00:00Z' };
    const kept = (resource, id = resource.identifier[0].value): any => ({
      ...resource,
      id,
      meta: { lastUpdated: '2026-03-01T09:00:00Z' },
    });
    const notice = kept(answerOf({ id: 'n', text: 'Your programme has changed.', notice: true, ...from }));
    expect([of(question, notice).waiting, of(question, notice).waitingSince]).toStrictEqual([
      1,
      Date.parse('2026-03-01T08:00:00Z'),
    ]);
    expect(of(question, notice).newest.id, 'the patient reads it all the same').toBe(notice.id);
    expect(of(question, kept(answerOf({ id: 'y', text: 'Go on.', ...from }))).waiting).toBe(0);
    for (const sender of [undefined, { reference: 'Device/d' }, { reference: 'Organization/clinic' }]) {
      expect(
        of(question, { ...said('2', 'a', '2026-03-01T09:00:00Z', { own: false }), sender }).waiting,
        JSON.stringify(sender),
      ).toBe(1);
    }
    const settled = kept(settledBy({ id: 's', about: ['1'], ...from }));
    expect([
      of(question, settled).waiting,
      of(question, settled).settled,
      of(question, settled).newest.id,
    ]).toStrictEqual([0, true, '1']);
    expect(of(question, { ...settled, status: 'entered-in-error' }).waiting, 'taken back').toBe(1);
    expect(settled.inResponseTo).toStrictEqual([{ reference: 'Communication/1' }]);
    expect('payload' in settled).toBe(false);
    const shown = messagesIn(
      [
        JSON.stringify({
          resourceType: 'Bundle',
          entry: [question, notice, settled].map((resource) => ({ resource })),
        }),
      ],
      'a',
    );
    expect(shown.map(({ kind, notice: automatic }) => [kind, automatic])).toStrictEqual([
      ['message', false],
      ['message', true],
      ['settled', false],
    ]);
    expect(unanswered(shown.slice(0, 2)).map(({ id }) => id)).toStrictEqual(['1']);
    expect(unanswered(shown)).toStrictEqual([]);
  });

  it('the marks in a conversation are on the same messages that the navigation counts', () => {
    const all = [
      said('1', 'a', '2026-03-01T08:00:00Z', { own: false }),
      said('2', 'a', '2026-03-01T10:00:00Z', { sent: '2026-03-01T07:00:00Z' }),
      said('3', 'a', '2026-03-01T09:00:00Z'),
    ];
    const shown = messagesIn(
      [JSON.stringify({ resourceType: 'Bundle', entry: all.map((resource) => ({ resource })) })],
      'a',
    );
    expect(unanswered(shown).map(({ id }) => id)).toStrictEqual(['2', '3']);
    expect(of(...all).waiting).toBe(2);
  });

  // Clinician finding 20: who had waited longest stood last.
  it('who has waited longest comes first, then the newest; the navigation counts patients', () => {
    const conversations = conversationsIn([
      said('1', 'old', '2026-02-01T08:00:00Z'),
      said('2', 'new', '2026-03-01T08:00:00Z'),
      said('3', 'new', '2026-03-01T09:00:00Z'),
      said('4', 'done', '2026-03-03T09:00:00Z', { own: false }),
      said('5', 'before', '2026-03-02T09:00:00Z', { own: false }),
      said('6', 'hidden', '2026-03-02T09:00:00Z'),
    ]);
    const patients = ['done', 'old', 'before', 'new', 'silent'].map((id) => ({
      id,
      name: [{ text: `The ${id}` }],
      ...(id === 'new' && {
        birthDate: '1950-02-01',
        meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated' }] },
      }),
    }));
    const rows = rowsOf(conversations, patients);
    expect(rows.map(({ patient, waiting }) => [patient, waiting])).toStrictEqual([
      ['old', 1],
      ['new', 2],
      ['done', 0],
      ['before', 0],
    ]);
    expect(rows.map(({ who }) => [who.name, who.simulated, who.birthDate])).toStrictEqual([
      ['The old', false, undefined],
      ['The new', true, '1950-02-01'],
      ['The done', false, undefined],
      ['The before', false, undefined],
    ]);
    expect(waitingIn(conversations)).toBe(3);
  });

  it('the same words are sent by the same identifier, other words by another', () => {
    let next = 0;
    const uuid = () => `u${++next}`;
    const first = attempted({ text: 'Hello' }, uuid);
    expect(attempted(first, uuid).attempt.id).toBe(first.attempt.id);
    const other = attempted({ ...first, text: 'Hello there' }, uuid);
    expect(other.attempt.id).not.toBe(first.attempt.id);
    expect(hasArrived(first, [{ id: 'x' }, { id: first.attempt.id }])).toBe(true);
    expect(hasArrived(first, [{ id: 'x' }])).toBe(false);
    // Written on after the answer was lost: that is not in the record.
    expect(hasArrived({ ...first, text: 'Hello there' }, [{ id: first.attempt.id }])).toBe(false);
    expect(hasArrived({ text: '' }, [{ id: 'x' }])).toBe(false);
  });

  it("an answer is the practitioner's, to the patient", () => {
    const made = answerOf({
      id: 'one',
      text: ' Yes\u0000 ',
      patient: 'a',
      practitioner: 'kim',
      simulated: true,
      sent: '2026-03-02T10:00:00+01:00',
    });
    expect([made.sender, made.recipient, made.subject]).toStrictEqual([
      { reference: 'Practitioner/kim' },
      [{ reference: 'Patient/a' }],
      { reference: 'Patient/a' },
    ]);
    expect([made.payload, made.category[0].coding[0].code, made.meta.tag[0].code]).toStrictEqual([
      [{ contentString: 'Yes' }],
      'message',
      'simulated',
    ]);
    expect(
      'meta' in answerOf({ id: 'one', text: 'a', patient: 'a', practitioner: 'kim', simulated: false, sent: '' }),
    ).toBe(false);
  });

  it("later loads request only new messages, by the record's own time", () => {
    expect([askedSince(undefined), askedSince(new Map())]).toStrictEqual([undefined, undefined]);
    expect(messagesSince(undefined), 'a question that waits for more than 90 days still waits').not.toMatch(
      /_lastUpdated=|sent=/,
    );
    expect(messagesSince('2026-03-01T07:58:00.000Z')).toMatch(/&_lastUpdated=ge2026-03-01T07%3A58/);
    expect(
      askedSince(
        new Map([
          ['1', said('1', 'a', '2026-03-01T08:00:00Z', { sent: '2030-01-01T00:00:00Z' })],
          ['2', said('2', 'a', '2026-02-01T08:00:00Z')],
        ]),
      ),
    ).toBe('2026-03-01T07:58:00.000Z');
  });

  it('nothing is drawn anew where nothing is new', () => {
    const [one, two] = [said('1', 'a', '2026-03-01T08:00:00Z'), said('2', 'a', '2026-03-01T09:00:00Z')];
    const known = withNews(undefined, [one], false);
    expect(withNews(known, [{ ...one }], false)).toBe(known);
    expect(withNews(known, [], false)).toBe(known);
    expect([...withNews(known, [two], false).keys()]).toStrictEqual(['1', '2']);
    // A message marked as an error replaces the known one; a full load without messages removes all.
    expect(
      withNews(
        known,
        [{ ...one, meta: { lastUpdated: '2026-03-01T10:00:00Z' }, status: 'entered-in-error' }],
        false,
      ).get('1').status,
    ).toBe('entered-in-error');
    expect(withNews(known, [], true).size).toBe(0);
    expect(withNews(known, [{ ...one }], true)).toBe(known);
  });
});
