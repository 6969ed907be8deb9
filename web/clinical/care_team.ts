// SPDX-License-Identifier: Apache-2.0
// Who cares for a patient, by care teams. Pure.
import type { CareTeam } from 'fhir/r4';
import { idIn } from './persons.ts';

export const isActive = ({ status }: CareTeam) => status === 'active';

/** Ids of the clinicians of a team. */
export const cliniciansOf = ({ participant = [] }: CareTeam) =>
  participant.flatMap(({ member }) => idIn(member?.reference, 'Practitioner') ?? []);

/** Of all teams that are active. */
export const caringFor = (teams: readonly CareTeam[]) => [...new Set(teams.filter(isActive).flatMap(cliniciansOf))];
