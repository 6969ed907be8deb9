// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import type { Session } from './api.ts';
import { asShown, inOwnName } from './own_name.ts';

const session = (account: object): Session => ({
  stage: 'full',
  account: { id: '7', name: 'anna', role: 'patient', hasSecondFactor: false, ...account },
});
const CARER = session({ role: 'carer', person: 'r1', helps: 'p1' });

describe('a carer', () => {
  it('sees the app of the patient, and is known by the own RelatedPerson', () => {
    expect(asShown(CARER).account).toMatchObject({ role: 'patient', person: 'p1', carer: 'r1', name: 'anna' });
    expect(asShown(asShown(CARER))).toEqual(asShown(CARER));
    const patient = session({ person: 'p1' });
    expect(asShown(patient)).toBe(patient);
  });

  it('is the author of everything sent, which stays about the patient', () => {
    const patient = { reference: 'Patient/p1' };
    const carer = { reference: 'RelatedPerson/r1' };
    const bundle = JSON.stringify({
      type: 'transaction',
      entry: [
        { resource: { resourceType: 'Communication', subject: patient, sender: patient } },
        { resource: { resourceType: 'QuestionnaireResponse', subject: patient, author: patient, source: patient } },
        {
          resource: { resourceType: 'Observation', subject: patient, performer: [patient, { reference: 'Device/d' }] },
        },
        { resource: { resourceType: 'Procedure', subject: patient, performer: [{ actor: patient }] } },
        { resource: { resourceType: 'Appointment', participant: [{ actor: patient }] } },
        { request: { method: 'DELETE' } },
      ],
    });
    const sent = JSON.parse(inOwnName(bundle, asShown(CARER).account)) as { type: string; entry: object[] };
    expect(sent.type).toBe('transaction');
    expect(sent.entry).toEqual([
      { resource: { resourceType: 'Communication', subject: patient, sender: carer } },
      { resource: { resourceType: 'QuestionnaireResponse', subject: patient, author: carer, source: carer } },
      { resource: { resourceType: 'Observation', subject: patient, performer: [carer, { reference: 'Device/d' }] } },
      { resource: { resourceType: 'Procedure', subject: patient, performer: [{ actor: carer }] } },
      { resource: { resourceType: 'Appointment', participant: [{ actor: patient }] } },
      { request: { method: 'DELETE' } },
    ]);
  });

  it('changes nothing that a patient sends, digit by digit', () => {
    const text =
      '{"entry":[{"resource":{"resourceType":"Communication","sender":{"reference":"Patient/p1"},"x":1.50}}]}';
    expect(inOwnName(text, session({ person: 'p1' }).account)).toBe(text);
    expect(inOwnName(text, undefined)).toBe(text);
  });
});
