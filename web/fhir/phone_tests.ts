// SPDX-License-Identifier: Apache-2.0
// Tests with the phone's own motion sensors, as ServiceRequests of a programme: docs/reference/programme.md. Pure.
import type { CarePlan, CodeableConcept, Extension, ServiceRequest } from 'fhir/r4';
import type { PhoneTest } from 'reprise-engine';
import { codeOf } from './results.ts';
import { resourcesIn } from './resources.ts';

const ORDER = 'urn:reprise:order';
const TEST = 'urn:reprise:phone-test';
const COURSE = 'urn:reprise:course';
const SUPPORT = 'urn:reprise:support';

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

export const isPhoneTest = ({ category }: { category?: CodeableConcept[] | undefined }) =>
  category?.some((one) => codeOf(one, ORDER) === 'phone-test') ?? false;

/** Undefined if this version does not know the test. */
export const phoneTestIn = ({ code }: ServiceRequest): PhoneTest | undefined =>
  PHONE_TESTS.find((one) => one === codeOf(code, TEST));

export const courseIn = ({ extension }: ServiceRequest) =>
  extension?.find(({ url }) => url === COURSE)?.valueQuantity?.value;

/** Only an explicit "no helper" releases the patient to do it alone. */
export const needsHelper = ({ extension }: ServiceRequest) =>
  extension?.find(({ url }) => url === SUPPORT)?.extension?.find(({ url }) => url === 'helper')?.valueBoolean ?? true;

/** Ids of those that a programme's Bundle asks for. */
export const phoneTestsIn = (plans: string): string[] =>
  resourcesIn<ServiceRequest>([plans], 'ServiceRequest').flatMap((request) =>
    request.status === 'active' && isPhoneTest(request) ? [request.id] : [],
  );

export interface WantedTest {
  id: string;
  patient: string;
  practitioner: string;
  test: PhoneTest;
  /** The test's name in the clinic's language. */
  name: string;
  /** Undefined: the test has no course. */
  courseMeters: number | undefined;
  weekly: boolean;
  helper: boolean;
  reason: string;
  /** A FHIR dateTime. */
  authored: string;
  /** Whatever is about no person says so. */
  tag: NonNullable<ServiceRequest['meta']>['tag'];
}

/** Returns the order of a test. */
export function phoneTestRequest(wanted: WantedTest): ServiceRequest {
  const { id, patient, practitioner, test, name, courseMeters, weekly, helper, reason, authored, tag } = wanted;
  const course: Extension[] =
    courseMeters === undefined
      ? []
      : [
          {
            url: COURSE,
            valueQuantity: { value: courseMeters, unit: 'm', system: 'http://unitsofmeasure.org', code: 'm' },
          },
        ];
  return {
    resourceType: 'ServiceRequest',
    id,
    ...(tag && { meta: { tag } }),
    status: 'active',
    intent: 'order',
    category: [{ coding: [{ system: ORDER, code: 'phone-test' }] }],
    code: { coding: [{ system: TEST, code: test }], text: name },
    extension: [...course, { url: SUPPORT, extension: [{ url: 'helper', valueBoolean: helper }] }],
    subject: { reference: `Patient/${patient}` },
    requester: { reference: `Practitioner/${practitioner}` },
    authoredOn: authored,
    ...(weekly && { occurrenceTiming: { repeat: { frequency: 1, period: 1, periodUnit: 'wk' } } }),
    ...(reason.trim() && { patientInstruction: reason.trim() }),
  };
}

export const planWithRequest = (plan: CarePlan, id: string): CarePlan => ({
  ...plan,
  activity: [...(plan.activity ?? []), { reference: { reference: `ServiceRequest/${id}` } }],
});
