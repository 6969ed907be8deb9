// SPDX-License-Identifier: Apache-2.0
// Writes the resources of remote monitoring in FHIR: docs/clinician/remote-monitoring.md.
import type { CarePlan, CodeableConcept, Organization, Period, Resource, Task } from 'fhir/r4';
import { localTime } from '../../fhir/local_time.ts';

export const MONITORING = 'urn:reprise:remote-monitoring';
const PLAN = 'urn:reprise:care-plan';
const DEVICE_STATUS = 'urn:reprise:device-status';
const UUID = 'urn:ietf:rfc:3986';

export const GROUPS = ['musculoskeletal', 'respiratory', 'cognitive-behavioural'] as const;
export type Group = (typeof GROUPS)[number];
export const PROGRAMMES = ['physiologic-monitoring', 'monitored-elsewhere'] as const;
export type Programme = (typeof PROGRAMMES)[number];
export const WAYS = ['phone', 'video', 'in-person'] as const;
export type Way = (typeof WAYS)[number];

export interface About {
  patient: string;
  practitioner: string;
  simulated: boolean;
}

const concept = (system: string, code: string): CodeableConcept => ({ coding: [{ system, code }] });
const tagged = (simulated: boolean) =>
  simulated
    ? { meta: { tag: [{ system: 'urn:reprise:tag', code: 'simulated', display: 'simulated: about no person' }] } }
    : {};
const subjectOf = ({ patient }: About) => ({ reference: `Patient/${patient}` });
const periodOf = (start: Date, minutes: number): Period => ({
  start: localTime(start),
  end: localTime(new Date(start.getTime() + minutes * 60_000)),
});

const transaction = (...entry: object[]) => JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry });
/** Sent twice, it is in the record once. */
const created = (resource: { resourceType: string; [field: string]: unknown }, id: string) => ({
  resource: { ...resource, identifier: [{ system: UUID, value: `urn:uuid:${id}` }] },
  request: { method: 'POST', url: resource.resourceType, ifNoneExist: `identifier=${UUID}%7Curn:uuid:${id}` },
});
/** Returns the entry that updates a resource. It fails if another user has changed the resource meanwhile. */
const changed = <T extends Resource>(resource: T) => ({
  resource,
  request: {
    method: 'PUT',
    url: `${resource.resourceType}/${resource.id}`,
    ...(resource.meta?.versionId && { ifMatch: `W/"${resource.meta.versionId}"` }),
  },
});

const taskOf = (about: About, period: Period) => ({
  resourceType: 'Task',
  ...tagged(about.simulated),
  status: 'completed',
  intent: 'order',
  code: concept(MONITORING, 'management'),
  for: subjectOf(about),
  owner: { reference: `Practitioner/${about.practitioner}` },
  authoredOn: localTime(new Date()),
  executionPeriod: period,
});

export const timeBundle = (about: About, id: string, start: Date, minutes: number) =>
  transaction(created(taskOf(about, periodOf(start, minutes)), id));
/** Time that a timer has seen, to the second. */
export const seenBundle = (about: About, id: string, start: number, end: number) =>
  transaction(created(taskOf(about, { start: localTime(new Date(start)), end: localTime(new Date(end)) }), id));
export const correctedTime = (task: Task, start: Date, minutes: number) =>
  transaction(changed({ ...task, executionPeriod: periodOf(start, minutes) }));
export const wrongTime = (task: Task) => transaction(changed({ ...task, status: 'entered-in-error' }));

export const talkBundle = (about: About, id: string, way: Way, start: Date, minutes: number) =>
  transaction(
    created(
      {
        resourceType: 'Encounter',
        ...tagged(about.simulated),
        status: 'finished',
        class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: way === 'in-person' ? 'AMB' : 'VR' },
        type: [concept(MONITORING, 'interaction'), concept(MONITORING, way)],
        subject: subjectOf(about),
        participant: [{ individual: { reference: `Practitioner/${about.practitioner}` } }],
        period: periodOf(start, minutes),
      },
      id,
    ),
  );

export const planBundle = (about: About, id: string, group: Group, from: string) =>
  transaction(
    created(
      {
        resourceType: 'CarePlan',
        ...tagged(about.simulated),
        status: 'active',
        intent: 'plan',
        category: [concept(PLAN, 'remote-monitoring'), concept(MONITORING, group)],
        subject: subjectOf(about),
        period: { start: from },
      },
      id,
    ),
  );
/** Records a programme that excludes ours on the same days. `to`: its last day; undefined: it goes on. */
export const otherBundle = (about: About, id: string, programme: Programme, from: string, to: string | undefined) =>
  transaction(
    created(
      {
        resourceType: 'CarePlan',
        ...tagged(about.simulated),
        status: to ? 'completed' : 'active',
        intent: 'plan',
        category: [concept(PLAN, 'other-monitoring'), concept(MONITORING, programme)],
        subject: subjectOf(about),
        period: { start: from, ...(to && { end: to }) },
      },
      id,
    ),
  );
export const wrongPlan = (plan: CarePlan) => transaction(changed({ ...plan, status: 'entered-in-error' }));
export const endedPlan = (plan: CarePlan, on: string) =>
  transaction(changed({ ...plan, status: 'completed', period: { ...plan.period, end: on } }));
export const setUpBundle = (about: About, id: string, plan: string, when: Date) =>
  transaction(
    created(
      {
        resourceType: 'Procedure',
        ...tagged(about.simulated),
        status: 'completed',
        basedOn: [{ reference: `CarePlan/${plan}` }],
        code: concept(MONITORING, 'set-up'),
        subject: subjectOf(about),
        performedDateTime: localTime(when),
        performer: [{ actor: { reference: `Practitioner/${about.practitioner}` } }],
      },
      id,
    ),
  );

/** A draft that a clinician has signed. */
export const signedClaim = (draft: object, id: string) =>
  transaction(created({ resourceType: 'Claim', ...draft, status: 'active' }, id));

export const deviceSince = ({ extension = [] }: Organization): string | undefined => {
  const all = extension.filter(({ url }) => url === DEVICE_STATUS);
  const part = (name: string) => (all.length === 1 ? all[0]?.extension?.find(({ url }) => url === name) : undefined);
  return part('meets')?.valueBoolean === true ? part('since')?.valueDate : undefined;
};
/** `since`: nothing takes it back. */
export const deviceBundle = (clinic: Organization, since: string | undefined, note: string) => {
  const others = (clinic.extension ?? []).filter(({ url }) => url !== DEVICE_STATUS);
  const said =
    since === undefined
      ? []
      : [
          {
            url: DEVICE_STATUS,
            extension: [
              { url: 'meets', valueBoolean: true },
              { url: 'since', valueDate: since },
              ...(note.trim() ? [{ url: 'note', valueString: note.trim() }] : []),
            ],
          },
        ];
  const { extension: _, ...rest } = clinic;
  const all = [...others, ...said];
  return transaction(changed({ ...rest, ...(all.length > 0 && { extension: all }) } as Organization));
};

export const hasCode = (all: readonly CodeableConcept[] | undefined, code: string) =>
  (all ?? []).some(({ coding = [] }) => coding.some((one) => one.system === MONITORING && one.code === code));
export const minutesOf = ({ start, end }: Period = {}) =>
  Math.max(0, (Date.parse(end ?? '') - Date.parse(start ?? '')) / 60_000) || 0;
