// SPDX-License-Identifier: Apache-2.0
// The tests with the phone that a patient is or was asked for, and what became of each. Pure.
import type { ServiceRequest } from 'fhir/r4';
import type { PhoneTest, PhoneTestRequest } from 'reprise-engine';
import { courseIn, isPhoneTest, needsHelper, phoneTestIn } from '../../fhir/phone_tests.ts';
import { dayAfter } from '../../fhir/wall_time.ts';

export interface PhoneTestOrder {
  request: ServiceRequest & { id: string };
  /** Undefined: this version does not know it. */
  test: PhoneTest | undefined;
  /** In the clinic's language of then. */
  name: string | undefined;
  courseMeters: number | undefined;
  weekly: boolean;
  helper: boolean;
  state: 'due' | 'later' | 'overdue' | 'done' | 'withdrawn' | 'unreadable';
  /** The patient's own day. */
  lastDone: string | undefined;
}

const isClosed = ({ state }: PhoneTestOrder) => state === 'done' || state === 'withdrawn';

/** A weekly test is overdue when it would be due once more. */
function stateOf(request: ServiceRequest, read: PhoneTestRequest | undefined, today: string): PhoneTestOrder['state'] {
  if (request.status === 'completed') return 'done';
  if (request.status !== 'active') return 'withdrawn';
  if (!read || read.problem !== null) return 'unreadable';
  if (read.done) return 'done';
  if (read.due !== null && read.due > today) return 'later';
  const since = read.due ?? request.authoredOn?.slice(0, 10);
  const overdue = read.everyDays > 0 && since !== undefined && dayAfter(since, read.everyDays) < today;
  return overdue ? 'overdue' : 'due';
}

/** The open ones first. `tests`: as the engine reads the programme. */
export function phoneTestOrders(
  requests: readonly ServiceRequest[],
  tests: readonly PhoneTestRequest[],
  today: string,
): PhoneTestOrder[] {
  return requests
    .filter(isPhoneTest)
    .flatMap((request): PhoneTestOrder[] => {
      const { id } = request;
      if (!id) return [];
      const read = tests.find((one) => one.request === id);
      return [
        {
          request: { ...request, id },
          test: phoneTestIn(request),
          name: request.code?.text,
          courseMeters: courseIn(request),
          weekly: request.occurrenceTiming !== undefined,
          helper: needsHelper(request),
          state: stateOf(request, read, today),
          lastDone: read?.lastDone ?? undefined,
        },
      ];
    })
    .sort((a, b) => Number(isClosed(a)) - Number(isClosed(b)));
}
