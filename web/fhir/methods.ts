// SPDX-License-Identifier: Apache-2.0
// By which method a value was measured: a code of session/measurements/measurement_method.cpp. Older values have words
// only. Values by two methods are never compared. Pure.
import type { CodeableConcept } from 'fhir/r4';
import { codeOf } from './results.ts';

const SYSTEM = 'urn:reprise:method';

/** Of ranges of motion, whose words also say which movements were active. */
const OLDER_RANGES: readonly [RegExp, string][] = [
  [/^Range of motion: .*camera/, 'range_camera'],
  [/^Range of motion: .*inclinometer/, 'range_inclinometer'],
  [/^Range of motion: .*goniometer/, 'range_goniometer'],
];

/** Undefined: it has none, as values of sensors. */
export const methodIn = (method: CodeableConcept | undefined): string | undefined =>
  codeOf(method, SYSTEM) ?? OLDER_RANGES.find(([words]) => words.test(method?.text ?? ''))?.[1];

/** How a value was measured, of a document or of the record. */
export interface Method {
  code: string | undefined;
  text: string | undefined;
}

export const methodOf = (method: CodeableConcept | undefined): Method => ({
  code: methodIn(method),
  text: method?.text,
});

/** By the codes; by the words where one of them is older than the codes. */
export const isSameMethod = (a: Method, b: Method) =>
  a.code !== undefined && b.code !== undefined ? a.code === b.code : a.text !== undefined && a.text === b.text;

/** Codes of all of these: an older value takes that of a newer one with the same words. */
export function codesOf(methods: readonly (CodeableConcept | undefined)[]): (string | undefined)[] {
  const byWords = new Map(methods.flatMap((one) => (one?.text ? [[one.text, methodIn(one)] as const] : [])));
  for (const one of methods) {
    const code = methodIn(one);
    if (one?.text && code !== undefined) byWords.set(one.text, code);
  }
  return methods.map((one) => methodIn(one) ?? byWords.get(one?.text ?? ''));
}
