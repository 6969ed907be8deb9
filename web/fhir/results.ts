// SPDX-License-Identifier: Apache-2.0
// Results of exercising as the record has them: Procedures (a set each) and Observations (docs/reference/programme.md).
// What the patient's pages and the clinician's have in common. Pure.
import type { CodeableConcept, Observation, ObservationComponent } from 'fhir/r4';

export interface Range {
  /** The end that is farther from rest. */
  value: number;
  uncertainty: number;
  unit: 'degree' | 'ratio';
  /** Farther is a larger value. */
  rising: boolean;
  /** No ceiling is set. */
  best: boolean;
}

export const OBSERVATION = 'urn:reprise:observation';
const EXERCISE = 'urn:reprise:exercise:';

export const codeOf = (concept: CodeableConcept | undefined, system: string) =>
  concept?.coding?.find((coding) => coding.system === system)?.code;
export const codeIn = (concept: CodeableConcept | undefined) => codeOf(concept, OBSERVATION);

/** The exercise's id in the catalog. */
export const exerciseIn = ({ instantiatesCanonical }: { instantiatesCanonical?: string[] | undefined }) =>
  instantiatesCanonical
    ?.find((url) => url.startsWith(EXERCISE))
    ?.slice(EXERCISE.length)
    .replace(/\|.*$/, '');

export const partIn = ({ component }: { component?: ObservationComponent[] | undefined }, name: string) =>
  component?.find(({ code }) => codeIn(code) === name);

/** Nothing where one of its three numbers is missing. */
export function rangeIn(observation: Observation, best: boolean): Range | undefined {
  const part = (name: string) => partIn(observation, name)?.valueQuantity?.value;
  const { valueQuantity } = observation;
  const [value, from, uncertainty] = [valueQuantity?.value, part('from'), part('uncertainty')];
  if (value === undefined || from === undefined || uncertainty === undefined) return undefined;
  return { value, uncertainty, unit: valueQuantity?.code === 'deg' ? 'degree' : 'ratio', rising: value >= from, best };
}

const two = (number: number) => String(number).padStart(2, '0');

/** YYYY-MM-DD by the clock of who looks. */
export const dayOf = (moment: Date) => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
