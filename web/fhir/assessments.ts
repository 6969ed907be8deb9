// SPDX-License-Identifier: Apache-2.0
// A movement that is to be measured once, by a ServiceRequest of the category `urn:reprise:order|assessment`:
// docs/reference/programme.md. Pure.
import type { Bundle, CodeableConcept, FhirResource, Procedure } from 'fhir/r4';
import { codeOf } from './results.ts';

const ORDER = 'urn:reprise:order';
export const ASSESSMENT: CodeableConcept = { coding: [{ system: ORDER, code: 'assessment' }] };

export const isAssessment = ({ category }: { category?: CodeableConcept[] | undefined }) =>
  category?.some((one) => codeOf(one, ORDER) === 'assessment') ?? false;

/** Ids of those that a programme's Bundle asks for. */
export const assessmentsIn = (plans: string): string[] =>
  ((JSON.parse(plans) as Bundle<FhirResource>).entry ?? []).flatMap(({ resource }) =>
    resource?.resourceType === 'ServiceRequest' && resource.id && resource.status === 'active' && isAssessment(resource)
      ? [resource.id]
      : [],
  );

/** Returns the Bundle with the completed one-time measurements no longer active. */
export function withoutDone(plans: string, done: readonly Pick<Procedure, 'basedOn'>[]): string {
  const over = new Set(done.flatMap(({ basedOn = [] }) => basedOn.map(({ reference }) => reference)));
  const bundle = JSON.parse(plans) as Bundle<FhirResource>;
  const entry = (bundle.entry ?? []).map((one) => {
    const { resource } = one;
    const ended =
      resource?.resourceType === 'ServiceRequest' &&
      isAssessment(resource) &&
      over.has(`ServiceRequest/${resource.id ?? ''}`);
    return ended ? { ...one, resource: { ...resource, status: 'completed' } } : one;
  });
  return JSON.stringify({ ...bundle, entry });
}
