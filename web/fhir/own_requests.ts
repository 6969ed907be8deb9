// SPDX-License-Identifier: Apache-2.0
// What the ServiceRequests have in common that a patient follows by themselves: tests with the phone, endurance
// sessions and balance programmes (docs/reference/programme.md). Pure.
import type { CarePlan, CodeableConcept, Extension, ServiceRequest } from 'fhir/r4';
import { codeOf } from './results.ts';
import { resourcesIn } from './resources.ts';

const ORDER = 'urn:reprise:order';
const SUPPORT = 'urn:reprise:support';
export const UCUM = 'http://unitsofmeasure.org';

const KINDS = ['phone-test', 'endurance-session', 'balance-programme'] as const;
export type OwnKind = (typeof KINDS)[number];

export const isOfKind = ({ category }: { category?: CodeableConcept[] | undefined }, kind: OwnKind) =>
  category?.some((one) => codeOf(one, ORDER) === kind) ?? false;

export const isOwnRequest = (request: ServiceRequest) => KINDS.some((kind) => isOfKind(request, kind));

/** Those that a programme's Bundle asks for. */
export const ownRequestsIn = (plans: string): { id: string; kind: OwnKind }[] =>
  resourcesIn<ServiceRequest>([plans], 'ServiceRequest').flatMap((request) => {
    const kind = KINDS.find((one) => isOfKind(request, one));
    return request.status === 'active' && kind ? [{ id: request.id, kind }] : [];
  });

/** Only an explicit "no helper" releases the patient to do it alone. */
export const needsHelper = ({ extension }: ServiceRequest) =>
  extension?.find(({ url }) => url === SUPPORT)?.extension?.find(({ url }) => url === 'helper')?.valueBoolean ?? true;

/** Days from one to the next; 0: once. */
export function everyDaysIn({ occurrenceTiming }: ServiceRequest): number {
  const { period = 1, periodUnit } = occurrenceTiming?.repeat ?? {};
  return periodUnit === 'wk' ? 7 * period : periodUnit === 'd' ? period : 0;
}

export interface WantedRequest {
  id: string;
  patient: string;
  practitioner: string;
  /** 0: once. */
  everyDays: number;
  helper: boolean;
  reason: string;
  /** A FHIR dateTime. */
  authored: string;
  /** Whatever is about no person says so. */
  tag: NonNullable<ServiceRequest['meta']>['tag'];
}

const timing = (days: number) => ({
  repeat: {
    frequency: 1,
    ...(days % 7 === 0 ? { period: days / 7, periodUnit: 'wk' as const } : { period: days, periodUnit: 'd' as const }),
  },
});

/** Returns the order of one. `own`: its extensions besides the common ones. */
export function ownRequest(
  kind: OwnKind,
  code: CodeableConcept,
  own: readonly Extension[],
  { id, patient, practitioner, everyDays, helper, reason, authored, tag }: WantedRequest,
): ServiceRequest {
  return {
    resourceType: 'ServiceRequest',
    id,
    ...(tag && { meta: { tag } }),
    status: 'active',
    intent: 'order',
    category: [{ coding: [{ system: ORDER, code: kind }] }],
    code,
    extension: [...own, { url: SUPPORT, extension: [{ url: 'helper', valueBoolean: helper }] }],
    subject: { reference: `Patient/${patient}` },
    requester: { reference: `Practitioner/${practitioner}` },
    authoredOn: authored,
    ...(everyDays > 0 && { occurrenceTiming: timing(everyDays) }),
    ...(reason.trim() && { patientInstruction: reason.trim() }),
  };
}

export const planWithRequest = (plan: CarePlan, id: string): CarePlan => ({
  ...plan,
  activity: [...(plan.activity ?? []), { reference: { reference: `ServiceRequest/${id}` } }],
});
