// SPDX-License-Identifier: Apache-2.0
// Tests with the phone's own motion sensors, as ServiceRequests of a programme: docs/reference/programme.md. Pure.
import type { Extension, ServiceRequest } from 'fhir/r4';
import type { PhoneTest } from 'reprise-engine';
import { isOfKind, ownRequest, UCUM, type WantedRequest } from './own_requests.ts';
import { codeOf } from './results.ts';

const TEST = 'urn:reprise:phone-test';
const COURSE = 'urn:reprise:course';

export const PHONE_TESTS = [
  'timed_up_and_go',
  'sit_to_stand_5',
  'sit_to_stand_30',
  'walk_10_m',
  'walk_6_min',
  'standing_still',
] as const satisfies readonly PhoneTest[];

/** Usual lengths of a course in meters; the 10 m are those of the test's name, the other an unsourced default. */
const COURSES: Partial<Record<PhoneTest, number>> = { walk_10_m: 10, walk_6_min: 15 };
/** As care/plan/phone_test_request.cpp accepts them. */
export const COURSE_METERS = { least: 2, most: 100 };

/** The usual length of a course; undefined: the test has none. */
export const usualCourse = (test: PhoneTest) => COURSES[test];

export const isPhoneTest = (request: ServiceRequest) => isOfKind(request, 'phone-test');

/** Undefined if this version does not know the test. */
export const phoneTestIn = ({ code }: ServiceRequest): PhoneTest | undefined =>
  PHONE_TESTS.find((one) => one === codeOf(code, TEST));

export const courseIn = ({ extension }: ServiceRequest) =>
  extension?.find(({ url }) => url === COURSE)?.valueQuantity?.value;

export interface WantedTest extends WantedRequest {
  test: PhoneTest;
  /** The test's name in the clinic's language. */
  name: string;
  /** Undefined: the test has no course. */
  courseMeters: number | undefined;
}

/** Returns the order of a test. */
export function phoneTestRequest({ test, name, courseMeters, ...common }: WantedTest): ServiceRequest {
  const course: Extension[] =
    courseMeters === undefined
      ? []
      : [{ url: COURSE, valueQuantity: { value: courseMeters, unit: 'm', system: UCUM, code: 'm' } }];
  return ownRequest('phone-test', { coding: [{ system: TEST, code: test }], text: name }, course, common);
}
