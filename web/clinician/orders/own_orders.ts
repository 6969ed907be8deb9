// SPDX-License-Identifier: Apache-2.0
// The requests that a patient follows by themselves (tests with the phone, endurance sessions, balance programmes), and
// their state. Pure.
import type { ServiceRequest } from 'fhir/r4';
import type { RequestTerms } from 'reprise-engine';
import { everyDaysIn, isOfKind, needsHelper, type OwnKind } from '../../fhir/own_requests.ts';
import { dayAfter } from '../../fhir/wall_time.ts';

export interface OwnOrder {
  request: ServiceRequest & { id: string };
  /** In the clinic's language of then. */
  name: string | undefined;
  /** 0: once. */
  everyDays: number;
  helper: boolean;
  state: 'due' | 'later' | 'overdue' | 'done' | 'withdrawn' | 'unreadable';
  /** The patient's own day. */
  lastDone: string | undefined;
}

export const isClosed = ({ state }: OwnOrder) => state === 'done' || state === 'withdrawn';

/** A repeated request is overdue when it would be due once more. */
function stateOf(request: ServiceRequest, read: RequestTerms | undefined, today: string): OwnOrder['state'] {
  if (request.status === 'completed') return 'done';
  if (request.status !== 'active') return 'withdrawn';
  if (!read || read.problem !== null) return 'unreadable';
  if (read.done) return 'done';
  if (read.due !== null && read.due > today) return 'later';
  const since = read.due ?? request.authoredOn?.slice(0, 10);
  const overdue = read.everyDays > 0 && since !== undefined && dayAfter(since, read.everyDays) < today;
  return overdue ? 'overdue' : 'due';
}

/** The open ones first. `reads`: as the engine reads the programme. */
export function ownOrders(
  requests: readonly ServiceRequest[],
  kind: OwnKind,
  reads: readonly RequestTerms[],
  today: string,
): OwnOrder[] {
  return requests
    .filter((request) => isOfKind(request, kind))
    .flatMap((request): OwnOrder[] => {
      const { id } = request;
      if (!id) return [];
      const read = reads.find((one) => one.request === id);
      return [
        {
          request: { ...request, id },
          name: request.code?.text,
          everyDays: everyDaysIn(request),
          helper: needsHelper(request),
          state: stateOf(request, read, today),
          lastDone: read?.lastDone ?? undefined,
        },
      ];
    })
    .sort((a, b) => Number(isClosed(a)) - Number(isClosed(b)));
}
