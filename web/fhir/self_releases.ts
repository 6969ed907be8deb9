// SPDX-License-Identifier: Apache-2.0
// Releases of movements for a patient's self-assessment, as requests of the record (docs/reference/programme.md). What
// counts as one is decided by the engine (care/plan/self_release.h). Pure.
import type { Practitioner, ServiceRequest } from 'fhir/r4';
import { nameOf } from './people.ts';
import { codeOf } from './results.ts';

export const POSITIONS = ['single_leg', 'step_down', 'jump'] as const;
export type Position = (typeof POSITIONS)[number];

const ORDER = 'urn:reprise:order';
const RELEASE = 'self-assessment-release';
const POSITION = 'urn:reprise:self-assessment-position';

/** A search for those in force; the patient's page and the chart ask the same. */
export const releasesOf = (patient: string) =>
  `ServiceRequest?subject=Patient/${patient}&status=active&category=${ORDER}%7C${RELEASE}&_count=100`;

export interface Release {
  request: ServiceRequest;
  position: Position;
  /** The name of who released it. */
  by: string | undefined;
  at: string | undefined;
}

/** Those in force, each with who and when. */
export function releasesIn(requests: readonly ServiceRequest[], people: readonly Practitioner[]): Release[] {
  return requests.flatMap((request) => {
    const code = codeOf(request.code, POSITION);
    const position = POSITIONS.find((one) => one === code);
    if (request.status !== 'active' || position === undefined) return [];
    const who = people.find(({ id }) => request.requester?.reference === `Practitioner/${id ?? ''}`);
    return [{ request, position, by: who && nameOf(who), at: request.authoredOn }];
  });
}

/** `authored`: a FHIR dateTime. The clinician has confirmed that the patient was seen doing it safely. */
export const newRelease = (
  position: Position,
  { patient, practitioner, authored }: Record<'patient' | 'practitioner' | 'authored', string>,
): ServiceRequest => ({
  resourceType: 'ServiceRequest',
  status: 'active',
  intent: 'order',
  category: [{ coding: [{ system: ORDER, code: RELEASE }] }],
  code: { coding: [{ system: POSITION, code: position }] },
  reasonCode: [{ coding: [{ system: 'urn:reprise:release-reason', code: 'seen-done-safely' }] }],
  subject: { reference: `Patient/${patient}` },
  requester: { reference: `Practitioner/${practitioner}` },
  authoredOn: authored,
});
