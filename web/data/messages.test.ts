// SPDX-License-Identifier: Apache-2.0
// Messages as FHIR Communications, texts to read, and the names in the record's responses.

import { describe, expect, it } from 'vitest';
import { communicationOf, messagesIn, messagesWaiting, joined, unreadIn, lastArrived } from './messages.ts';
import { pictureEntries } from './message_pictures.ts';
import { videoEntries } from './message_videos.ts';
import { clinicIn } from '../fhir/clinic.ts';
import { newest, canonicalsIn } from '../fhir/resources.ts';

const bundle = (...resources) =>
  JSON.stringify({ resourceType: 'Bundle', entry: resources.map((resource) => ({ resource })) });
const draft: any = {
  id: 'one',
  kind: 'message',
  text: ' Hello\u0000 \n',
  patient: 'p',
  teams: ['t'],
  simulated: false,
  sent: '2026-03-02T10:00:00+01:00',
};
const answer: any = {
  resourceType: 'Communication',
  id: 'c',
  meta: { lastUpdated: '2026-03-02T10:00:00Z' },
  status: 'completed',
  subject: { reference: 'Patient/p' },
  sender: { reference: 'Practitioner/k' },
  category: [{ coding: [{ system: 'urn:reprise:communication', code: 'message' }] }],
  sent: '2026-03-02T09:30:00Z',
  payload: [{ contentString: 'Well done' }, { contentString: 'See you' }],
};
const kim: any = { resourceType: 'Practitioner', id: 'k', name: [{ given: ['Kim'], family: 'Simulated' }] };

describe('messages', () => {
  it('what a patient writes is a Communication in the own name, of plain words', () => {
    const made = communicationOf(draft);
    expect([made.sender, made.subject, made.recipient]).toStrictEqual([
      { reference: 'Patient/p' },
      { reference: 'Patient/p' },
      [{ reference: 'CareTeam/t' }],
    ]);
    expect(made.payload).toStrictEqual([{ contentString: 'Hello' }]);
    expect('meta' in made).toBe(false);
    expect(communicationOf({ ...draft, simulated: true }).meta.tag[0].code).toBe('simulated');
    expect('recipient' in communicationOf({ ...draft, teams: [] })).toBe(false);
    expect(communicationOf({ ...draft, text: 'a'.repeat(5000) }).payload[0].contentString.length).toBe(2000);
    expect(communicationOf({ ...draft, kind: 'erasure' }).category[0].coding[0].code).toBe('erasure-request');
  });

  it('what counts as a message, and whose it is', () => {
    const [message, ...others] = messagesIn([bundle(answer, kim)], 'p');
    expect(message).toStrictEqual({
      id: 'c',
      recordId: 'c',
      sender: 'Practitioner/k',
      kind: 'message',
      own: false,
      closes: true,
      notice: false,
      reason: undefined,
      by: 'Kim Simulated',
      face: undefined,
      text: 'Well done\nSee you',
      sent: answer.sent,
      arrived: answer.meta.lastUpdated,
      refused: false,
      more: false,
      pictures: [],
      videos: [],
    });
    expect(others).toStrictEqual([]);
    for (const change of [
      { status: 'entered-in-error' },
      { status: 'preparation' },
      { subject: { reference: 'Patient/q' } },
      { category: [] },
      { payload: [] },
      { payload: undefined },
    ])
      expect(messagesIn([bundle({ ...answer, ...change })], 'p'), JSON.stringify(change)).toStrictEqual([]);
    expect(messagesIn([bundle(answer)], 'p')[0].by).toBe(undefined);
    const [attached] = messagesIn([bundle({ ...answer, payload: [{ contentAttachment: { title: 'a' } }] })], 'p');
    expect([attached.text, attached.more], 'what cannot be shown is said, not left out').toStrictEqual(['', true]);
    expect(messagesIn([bundle({ ...answer, sender: undefined })], 'p')[0].own).toBe(false);
  });

  it('pictures go along as Binaries of the patient, and are shown beside the words or alone', () => {
    const picture = { id: 'b1', base64: '/9j/', bytes: 3 };
    const made = communicationOf({ ...draft, text: '', pictures: [picture] });
    expect(made.payload).toStrictEqual([
      { contentAttachment: { contentType: 'image/jpeg', url: 'Binary/b1', size: 3 } },
    ]);
    const [entry] = pictureEntries([picture], 'p', []);
    expect([entry.request.url, entry.resource.securityContext.reference]).toStrictEqual(['Binary/b1', 'Patient/p']);
    expect(entry.resource.meta.tag).toStrictEqual([{ system: 'urn:reprise:tag', code: 'message-picture' }]);
    const [waiting] = messagesIn([bundle(made, entry.resource)], 'p');
    expect([waiting.text, waiting.more, waiting.pictures]).toStrictEqual([
      '',
      false,
      [{ address: 'Binary/b1', data: '/9j/' }],
    ]);
    const absolute = { contentType: 'image/jpeg', url: 'https://clinic.example/fhir/Binary/b2' };
    const elsewhere = { contentType: 'image/jpeg', url: 'https://example.org/b3.jpg' };
    const payload = [{ contentAttachment: absolute }, { contentAttachment: elsewhere }];
    const [arrived] = messagesIn([bundle({ ...answer, payload })], 'p');
    expect([arrived.more, arrived.pictures], 'no picture of another server').toStrictEqual([
      true,
      [{ address: 'Binary/b2', data: undefined }],
    ]);
  });

  it('a video goes along as a Binary of the patient, and is shown beside the words or alone', () => {
    const video = { id: 'v1', base64: 'AAAA', bytes: 3, type: 'video/mp4' as const, seconds: 4.2, withSound: true };
    const made = communicationOf({ ...draft, text: '', videos: [video] });
    expect(made.payload).toStrictEqual([
      { contentAttachment: { contentType: 'video/mp4', url: 'Binary/v1', size: 3 } },
    ]);
    const [entry] = videoEntries([video], 'p', []);
    expect(entry).toStrictEqual({
      request: { method: 'PUT', url: 'Binary/v1' },
      resource: {
        resourceType: 'Binary',
        id: 'v1',
        meta: { tag: [{ system: 'urn:reprise:tag', code: 'message-video' }] },
        contentType: 'video/mp4',
        securityContext: { reference: 'Patient/p' },
        data: 'AAAA',
      },
    });
    const [waiting] = messagesIn([bundle(made, entry.resource)], 'p');
    expect([waiting.text, waiting.more, waiting.pictures, waiting.videos]).toStrictEqual([
      '',
      false,
      [],
      [{ address: 'Binary/v1', type: 'video/mp4', bytes: 3, data: 'AAAA' }],
    ]);
    const payload = ['https://clinic.example/fhir/Binary/v2', 'https://example.org/v3.webm'].map((url) => ({
      contentAttachment: { contentType: 'video/webm', url },
    }));
    const [arrived] = messagesIn([bundle({ ...answer, payload })], 'p');
    expect([arrived.more, arrived.videos], 'no video of another server').toStrictEqual([
      true,
      [{ address: 'Binary/v2', type: 'video/webm', bytes: undefined, data: undefined }],
    ]);
  });

  it('a message is shown once, wherever it is known from, by the time of its writing', () => {
    const waiting: any = [
      { kind: 'message', bundle: bundle(communicationOf(draft)) },
      { kind: 'message', refused: 422, bundle: bundle(communicationOf({ ...draft, id: 'two' })) },
      { kind: 'set', bundle: '{}' },
    ];
    const unsent = messagesWaiting(waiting, 'p');
    expect(unsent.map(({ id, refused, own }) => [id, refused, own])).toStrictEqual([
      ['one', false, true],
      ['two', true, true],
    ]);
    const arrived = messagesIn(
      [bundle({ ...communicationOf(draft), id: 'x', meta: { lastUpdated: '2026-03-02T12:00:00Z' } }, answer)],
      'p',
    );
    // 10:00 in Berlin is before 9:30 in Greenwich.
    expect(joined(arrived, unsent, unsent).map(({ id }) => id)).toStrictEqual(['one', 'two', 'c']);
    expect(joined(arrived, unsent)[0].arrived).toBe('2026-03-02T12:00:00Z');
  });

  it("the clinic's messages are unread if they came after the last one read here", () => {
    const messages = messagesIn(
      [
        bundle(
          answer,
          { ...answer, id: 'd', meta: { lastUpdated: '2026-03-03T10:00:00Z' } },
          { ...communicationOf(draft), id: 'x', meta: { lastUpdated: '2026-03-04T10:00:00Z' } },
        ),
      ],
      'p',
    );
    expect(unreadIn(messages, undefined).length).toBe(2);
    expect(unreadIn(messages, '2026-03-02T10:00:00Z').length).toBe(1);
    expect(lastArrived(messages)).toBe('2026-03-04T10:00:00Z');
    expect(unreadIn(messages, lastArrived(messages)).length).toBe(0);
    expect(lastArrived([])).toBe(undefined);
  });

  it('whom to call is what the clinic has set, and nothing else', () => {
    const patient: any = { resourceType: 'Patient', managingOrganization: { reference: 'Organization/o' } };
    const clinic: any = {
      resourceType: 'Organization',
      id: 'o',
      name: 'Clinic',
      telecom: [
        { system: 'phone', use: 'old', value: '1' },
        { system: 'email', value: 'a' },
        { system: 'phone', value: '2' },
      ],
      extension: [{ url: 'urn:reprise:emergency-number', valueString: '112' }],
    };
    expect(clinicIn([bundle(patient, clinic)])).toStrictEqual({
      clinic: { name: 'Clinic', phone: '2' },
      emergencyNumber: '112',
      simulated: false,
    });
    expect(clinicIn([bundle(patient, { ...clinic, id: 'other' })])).toStrictEqual({
      clinic: { name: null, phone: null },
      emergencyNumber: null,
      simulated: false,
    });
    expect(clinicIn([bundle(patient)]).emergencyNumber).toStrictEqual(null);
    expect(
      clinicIn([bundle(patient, { ...clinic, extension: [clinic.extension[0], clinic.extension[0]] })]).emergencyNumber,
    ).toBe(null);
  });

  it('the newest version, and what a programme names', () => {
    expect(newest([{ version: '9' }, { version: '10' }, {}]).version).toBe('10');
    expect(newest([{ version: '1.2.0' }, { version: '1.10.0' }]).version).toBe('1.10.0');
    expect(newest([])).toBe(undefined);
    expect(
      canonicalsIn(
        bundle(
          {
            resourceType: 'CarePlan',
            activity: [
              { detail: { instantiatesCanonical: ['q|1', 'q|2'] } },
              { reference: {} },
              { detail: { instantiatesCanonical: 3 } },
            ],
          },
          { resourceType: 'ServiceRequest', instantiatesCanonical: ['e|1'] },
          { resourceType: 'ServiceRequest' },
        ),
      ),
    ).toStrictEqual({ exercises: ['e'], questionnaires: ['q'] });
  });
});
