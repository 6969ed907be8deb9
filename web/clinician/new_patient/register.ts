// SPDX-License-Identifier: Apache-2.0
// Registers a new patient step by step. Each step is in the record once, however often it is tried.
import type { Coding } from 'fhir/r4';
import { create } from '../../data/write.ts';
import { ask, Failure, type Account, type InvitationLink } from '../../data/api.ts';
import { dayOf } from '../../fhir/results.ts';

export interface Person {
  given: string;
  family: string;
  birthDate: string;
  gender: '' | 'female' | 'male' | 'other';
  login: string;
  mail: string;
  organization: string;
  problem: { text: string; coding: Coding; side: '' | 'left' | 'right' } | undefined;
}
/** Made once for one registration. */
export interface Ids {
  patient: string;
  team: string;
  condition: string;
}
export interface Registered {
  patient: string;
  account: Account;
  invitation: InvitationLink;
}

const SNOMED = 'http://snomed.info/sct';
const SITE = { left: '7771000', right: '24028007' } as const;

/** A login that can be typed anywhere: letters, a point, letters. */
export function loginOf(given: string, family: string): string {
  const plain = (text: string) =>
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll('ß', 'ss')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
  return [plain(given), plain(family)].filter((part) => part !== '').join('.');
}

/** `account`: made by an attempt before. */
export async function register(
  person: Person,
  practitioner: string,
  ids: Ids,
  account: Account | undefined,
  onAccount: (account: Account) => void,
): Promise<Registered> {
  const { given, family, birthDate, gender, organization, problem } = person;
  // A search would not find the patient before there is a care team.
  const [reference = ''] = await create(
    {
      resourceType: 'Patient',
      active: true,
      name: [{ use: 'official', given: [given.trim()], family: family.trim() }],
      birthDate,
      ...(gender && { gender }),
      ...(organization && { managingOrganization: { reference: `Organization/${organization}` } }),
    },
    false,
    ids.patient,
  );
  if (!reference.startsWith('Patient/')) throw new Failure('unexpected');
  const subject = { reference };
  const id = reference.slice('Patient/'.length);
  await create(
    {
      resourceType: 'CareTeam',
      status: 'active',
      subject,
      participant: [{ member: { reference: `Practitioner/${practitioner}` } }],
    },
    false,
    ids.team,
  );
  if (problem) {
    await create(
      {
        resourceType: 'Condition',
        clinicalStatus: {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
        },
        subject,
        recordedDate: dayOf(new Date()),
        code: { coding: [problem.coding], text: problem.text },
        ...(problem.side && {
          bodySite: [{ coding: [{ system: SNOMED, code: SITE[problem.side] }], text: problem.side }],
        }),
      },
      false,
      ids.condition,
    );
  }
  const known =
    account ??
    (await ask<Account>('POST', 'accounts', {
      role: 'patient',
      name: person.login.trim(),
      person: id,
      ...(person.mail.trim() && { mail: person.mail.trim() }),
    }));
  onAccount(known);
  return {
    patient: id,
    account: known,
    invitation: await ask<InvitationLink>('POST', `accounts/${known.id}/invitation`, {}),
  };
}
