// SPDX-License-Identifier: Apache-2.0
// Moves a patient to another clinic and care team. Pure, but for the requests.
import type { CareTeam, Meta, Patient } from 'fhir/r4';
import { SIMULATED } from '../fhir/questionnaire/response.ts';
import { fhirRead, sendTransaction } from '../data/api.ts';
import { searchAll } from '../data/fhir_search.ts';
import { isSimulated } from '../fhir/people.ts';
import { isActive } from '../clinical/care_team.ts';
import { idIn } from '../clinical/persons.ts';

export interface Standing {
  patient: Patient;
  teams: CareTeam[];
}

export async function loadStanding(id: string): Promise<Standing> {
  const [patient, teams] = await Promise.all([
    fhirRead(`Patient/${id}`),
    searchAll<CareTeam>('CareTeam', `?subject=Patient/${id}&_count=100`),
  ]);
  return { patient: JSON.parse(patient) as Patient, teams };
}

export interface Wanted {
  clinic: string;
  clinicians: readonly string[];
  uuid: string;
  now: string;
}

const version = ({ meta }: { meta?: Meta | undefined }) => ({ ifMatch: `W/"${meta?.versionId ?? ''}"` });

/**
 * Returns the transaction that changes the patient's clinic, ends all care teams and creates a new one. It fails if
 * another user has changed any of them meanwhile. The new team has no start, because a wrong device clock could hide
 * the patient from everyone. The record's own time says when the team began.
 */
export function moveBundle({ patient, teams }: Standing, { clinic, clinicians, uuid, now }: Wanted): object {
  const organization = { reference: `Organization/${clinic}` };
  const ended = teams.filter(isActive);
  // Relatives stay.
  const others = ended.flatMap(({ participant = [] }) =>
    participant.filter(({ member, period }) => !idIn(member?.reference, 'Practitioner') && period?.end === undefined),
  );
  const identifier = `urn:uuid:${uuid}`;
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        resource: { ...patient, managingOrganization: organization },
        request: { method: 'PUT', url: `Patient/${patient.id}`, ...version(patient) },
      },
      ...ended.map((team) => ({
        resource: {
          ...team,
          status: 'inactive',
          period: { ...team.period, end: now },
          participant: (team.participant ?? []).map((one) =>
            one.period?.end === undefined ? { ...one, period: { ...one.period, end: now } } : one,
          ),
        },
        request: { method: 'PUT', url: `CareTeam/${team.id}`, ...version(team) },
      })),
      {
        resource: {
          resourceType: 'CareTeam',
          ...(isSimulated(patient) && { meta: SIMULATED }),
          identifier: [{ system: 'urn:ietf:rfc:3986', value: identifier }],
          status: 'active',
          subject: { reference: `Patient/${patient.id}` },
          managingOrganization: [organization],
          participant: [...clinicians.map((id) => ({ member: { reference: `Practitioner/${id}` } })), ...others],
        },
        request: { method: 'POST', url: 'CareTeam', ifNoneExist: `identifier=urn:ietf:rfc:3986|${identifier}` },
      },
    ],
  };
}

export const move = (standing: Standing, wanted: Wanted) =>
  sendTransaction(JSON.stringify(moveBundle(standing, wanted)));
