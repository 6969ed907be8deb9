// SPDX-License-Identifier: Apache-2.0
// The clinic's telephone numbers from the record, also for a patient without a programme.
import type { Organization, Patient } from 'fhir/r4';
import { resourcesIn } from './resources.ts';

export interface Clinic {
  clinic: { name: string | null; phone: string | null };
  /** As the clinic configured it. */
  emergencyNumber: string | null;
}

/** As care/plan/programme.h reads it. */
export function clinicIn(bundles: readonly string[]): Clinic & { simulated: boolean } {
  const [patient] = resourcesIn<Patient>(bundles, 'Patient');
  const clinic = resourcesIn<Organization>(bundles, 'Organization').find(
    ({ id }) => id !== undefined && patient?.managingOrganization?.reference?.endsWith(`Organization/${id}`),
  );
  const numbers = clinic?.extension?.filter(({ url }) => url === 'urn:reprise:emergency-number') ?? [];
  return {
    clinic: {
      name: clinic?.name ?? null,
      phone: clinic?.telecom?.find(({ system, use }) => system === 'phone' && use !== 'old')?.value ?? null,
    },
    emergencyNumber: (numbers.length === 1 && numbers[0]?.valueString) || null,
    simulated:
      patient?.meta?.tag?.some(({ system, code }) => system === 'urn:reprise:tag' && code === 'simulated') ?? false,
  };
}
