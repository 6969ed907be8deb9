// SPDX-License-Identifier: Apache-2.0
// The parts of resources that a chart looks at.
import type { CodeableConcept, Extension } from 'fhir/r4';

/** The sides that a bodySite names. */
export function sidesIn(sites: readonly CodeableConcept[] | undefined): 'left' | 'right' | 'both' | null {
  const codes = (sites ?? [])
    .flatMap(({ coding = [] }) => coding)
    .filter(({ system }) => system === 'http://snomed.info/sct')
    .map(({ code }) => code);
  const [left, right] = [codes.includes('7771000'), codes.includes('24028007')];
  return left && right ? 'both' : left ? 'left' : right ? 'right' : null;
}

/** The one side that a bodySite names. */
export function sideIn(sites: readonly CodeableConcept[] | undefined): 'left' | 'right' | undefined {
  const sides = sidesIn(sites);
  return sides === 'both' || sides === null ? undefined : sides;
}

export const extensionOf = (of: { extension?: Extension[] | undefined } | undefined, url: string) =>
  of?.extension?.find((one) => one.url === url);
