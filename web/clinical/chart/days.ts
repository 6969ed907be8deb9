// SPDX-License-Identifier: Apache-2.0
// Groups the events of a record by day for the timeline. Pure.
import type {
  Appointment,
  CarePlan,
  Communication,
  Composition,
  Encounter,
  Extension,
  Flag,
  Questionnaire,
  QuestionnaireResponse,
  RelatedPerson,
  ServiceRequest,
} from 'fhir/r4';
import { carerOf, type Carer } from '../../fhir/carers.ts';
import { codeOf, dayOf, exerciseIn } from '../../fhir/results.ts';
import { kindOf, takesTime } from '../../fhir/appointments.ts';
import type { VisitKind } from '../../fhir/visit_kinds.ts';
import type { Dose } from '../../exercises/dose.ts';
import { isOwnRequest } from '../../fhir/own_requests.ts';
import { namedBy } from '../../fhir/resources.ts';
import type { Adherence } from './adherence.ts';
import { isSimulated } from '../../fhir/people.ts';
import { extensionOf, sidesIn } from './records.ts';
import { reasonOf, together, type Reason } from '../flags/worklist.ts';
import type { SetDone } from './series.ts';

export const KINDS = ['visit', 'questionnaire', 'note', 'flag', 'programme', 'message'] as const;
export type Kind = (typeof KINDS)[number];

/** A questionnaire by its title. */
export type Titled = Pick<Questionnaire, 'url' | 'version' | 'title' | '_title'>;

/** `words`: the record's own text, in its language; undefined: the kind names the event. */
export interface TimelineEvent {
  kind: Kind;
  at: number;
  /** The reason of a flag. */
  reason?: Reason;
  words?: string | undefined;
  change?: Change | undefined;
  /** The questionnaire, if the record has it. */
  questionnaire?: Titled | undefined;
  fromPatient?: boolean;
  /** Who wrote or answered for the patient. */
  carer?: Carer | undefined;
  active?: boolean;
  simulated?: boolean;
  visit?: { kind: VisitKind | undefined; missed: boolean };
}

/** A difference from the version before. */
export interface Change {
  what: 'plan' | 'added' | 'ended' | 'changed';
  name?: string | undefined;
  /** The dose of an added exercise. */
  dose?: Dose | undefined;
  details: {
    field: 'sets' | 'repetitions' | 'hold' | 'load' | 'target' | 'ceiling' | 'muscle' | 'days';
    before: number | undefined;
    after: number | undefined;
  }[];
}

export interface Day {
  day: string;
  /** The noon of the day. */
  at: number;
  sets: SetDone[];
  /** The sets of an average day of the programme then in force; undefined if unknown. */
  prescribed: number | undefined;
  /** The done share of those sets, 0 to 1. */
  share: number | undefined;
  timelineEvents: TimelineEvent[];
}

export interface Happened {
  encounters: readonly Encounter[];
  appointments?: readonly Appointment[];
  responses: readonly QuestionnaireResponse[];
  questionnaires?: readonly Titled[];
  notes: readonly Composition[];
  flags: readonly Flag[];
  messages: readonly Communication[];
  carers?: readonly RelatedPerson[];
}

const live = ({ status }: { status?: string | undefined }) => status !== 'entered-in-error' && status !== 'cancelled';
const MESSAGES = 'urn:reprise:communication';

/** Merges repeated flags of a day, as in the worklist. */
function flagsOf(flags: readonly Flag[]): TimelineEvent[] {
  const dayIn = (one: Flag) => (one.period?.start ?? one.meta?.lastUpdated ?? '').slice(0, 10);
  const days = [...new Set(flags.map(dayIn))];
  const active = new Set(flags.flatMap(({ id, status }) => (id && status === 'active' ? [id] : [])));
  return days
    .flatMap((day) => together(flags.filter((one) => dayIn(one) === day).map(reasonOf)))
    .map(
      (reason): TimelineEvent => ({
        kind: 'flag',
        at: Date.parse(reason.raised),
        words: reason.text,
        reason,
        active: reason.flags.some((id) => active.has(id)),
      }),
    );
}

export function timelineEventsOf({
  encounters,
  appointments = [],
  responses,
  questionnaires = [],
  notes,
  flags,
  messages,
  carers = [],
}: Happened): TimelineEvent[] {
  const told = new Set(
    encounters.filter(live).flatMap(({ appointment = [] }) => appointment.map(({ reference }) => reference)),
  );
  const all: TimelineEvent[] = [
    ...encounters.filter(live).map(
      (one): TimelineEvent => ({
        kind: 'visit',
        at: Date.parse(one.period?.start ?? ''),
        words: one.type?.[0]?.text ?? one.reasonCode?.[0]?.text,
      }),
    ),
    ...appointments
      .filter((one) => (takesTime(one) || one.status === 'noshow') && !told.has(`Appointment/${one.id ?? ''}`))
      .map(
        (one): TimelineEvent => ({
          kind: 'visit',
          at: Date.parse(one.start ?? ''),
          visit: { kind: kindOf(one), missed: one.status === 'noshow' },
        }),
      ),
    ...responses.filter(live).map(
      (one): TimelineEvent => ({
        kind: 'questionnaire',
        at: Date.parse(one.authored ?? ''),
        words: one.questionnaire?.replace(/^urn:reprise:questionnaire:/, '').replace(/\|.*$/, ''),
        questionnaire: namedBy(one.questionnaire, questionnaires),
        carer: carerOf(one.author?.reference, carers),
      }),
    ),
    ...notes
      .filter(live)
      .map((one): TimelineEvent => ({ kind: 'note', at: Date.parse(one.date ?? ''), words: one.title })),
    ...flagsOf(flags.filter(live)),
    ...messages
      .filter((one) => live(one) && (one.category ?? []).some((category) => codeOf(category, MESSAGES) === 'message'))
      .map(
        (one): TimelineEvent => ({
          kind: 'message',
          at: Date.parse(one.sent ?? ''),
          fromPatient: /^(Patient|RelatedPerson)\//.test(one.sender?.reference ?? ''),
          carer: carerOf(one.sender?.reference, carers),
        }),
      ),
  ];
  return all.filter(({ at }) => !Number.isNaN(at));
}

const number = (extension: Extension | undefined, part: string) => {
  const found = extensionOf(extension, part);
  return found?.valuePositiveInt ?? found?.valueInteger ?? found?.valueQuantity?.value;
};

function facts(request: ServiceRequest) {
  const dosage = extensionOf(request, 'urn:reprise:dosage');
  const repeat = request.occurrenceTiming?.repeat;
  return {
    sets: number(dosage, 'sets'),
    repetitions: number(dosage, 'repetitions'),
    hold: number(dosage, 'hold'),
    load: number(dosage, 'load'),
    target: number(extensionOf(request, 'urn:reprise:target'), 'value'),
    ceiling: number(extensionOf(request, 'urn:reprise:max-range'), 'value'),
    /** Percent of the reference contraction. */
    muscle: number(extensionOf(request, 'urn:reprise:muscle-target'), 'share'),
    days: repeat?.dayOfWeek?.length ?? (repeat?.periodUnit === 'd' ? 7 : repeat?.frequency),
  };
}

/** Returns the whole dose; undefined if the request leaves it to the exercise. */
function doseIn(request: ServiceRequest): Dose | undefined {
  const { sets, repetitions, hold = null, load = null, days } = facts(request);
  return sets === undefined || repetitions === undefined || days === undefined
    ? undefined
    : { sets, repetitions, hold, load, days, side: sidesIn(request.bodySite) };
}

/** Returns the time of a version: its own if it has a new one, else that of the record. */
const madeAt = (one: ServiceRequest | CarePlan, before: ServiceRequest | CarePlan | undefined) => {
  const saidBy = (version: ServiceRequest | CarePlan | undefined) =>
    version?.resourceType === 'ServiceRequest' ? version.authoredOn : version?.created;
  const said = saidBy(one);
  return Date.parse((said !== undefined && said !== saidBy(before) ? said : one.meta?.lastUpdated) ?? '');
};

/** Returns the changes of the programme. `histories`: the versions of each request or plan, in any order. */
export function changesOf(histories: readonly (readonly (ServiceRequest | CarePlan)[])[]): TimelineEvent[] {
  return histories.flatMap((versions) => {
    const ordered = [...versions].sort((a, b) => Number(a.meta?.versionId) - Number(b.meta?.versionId));
    return ordered.flatMap((one, i): TimelineEvent[] => {
      const before = ordered[i - 1];
      const at = madeAt(one, before);
      if (Number.isNaN(at)) return [];
      const common = { kind: 'programme' as const, at, simulated: isSimulated(one) };
      if (one.resourceType === 'ServiceRequest' && isOwnRequest(one))
        return [
          {
            ...common,
            change: {
              what: !before ? 'added' : one.status === 'active' ? 'changed' : 'ended',
              name: one.code?.text,
              details: [],
            },
          },
        ];
      if ('title' in one || !('instantiatesCanonical' in one))
        return [{ ...common, words: (one as CarePlan).title, change: { what: 'plan', details: [] } }];
      const name = (one as ServiceRequest).code?.text ?? exerciseIn(one);
      if (!before)
        return [{ ...common, change: { what: 'added', name, dose: doseIn(one as ServiceRequest), details: [] } }];
      if (one.status !== 'active' && before.status === 'active')
        return [{ ...common, change: { what: 'ended', name, details: [] } }];
      const [was, is] = [facts(before as ServiceRequest), facts(one as ServiceRequest)];
      const details = (Object.keys(is) as (keyof typeof is)[])
        .filter((field) => was[field] !== is[field])
        .map((field) => ({ field, before: was[field], after: is[field] }));
      return [{ ...common, change: { what: 'changed', name, details } }];
    });
  });
}

/** Returns the days with events, the oldest first. */
export function daysOf(
  sets: readonly SetDone[],
  timelineEvents: readonly TimelineEvent[],
  adherence: Adherence | undefined,
): Day[] {
  const days = new Map<string, Day>();
  const dayAt = (at: number): Day => {
    const day = dayOf(new Date(at));
    const there = days.get(day) ?? {
      day,
      at: new Date(`${day}T12:00`).getTime(),
      sets: [],
      prescribed: undefined,
      share: undefined,
      timelineEvents: [],
    };
    days.set(day, there);
    return there;
  };
  for (const set of sets) if (!set.ahead) dayAt(set.at).sets.push(set);
  for (const happening of timelineEvents) dayAt(happening.at).timelineEvents.push(happening);
  const reckoned = new Map(adherence?.days.map((one) => [one.day, one]));
  for (const day of days.values()) {
    day.timelineEvents.sort((a, b) => a.at - b.at);
    const { done = 0, prescribed = 0 } = reckoned.get(day.day) ?? {};
    if (prescribed > 0) [day.prescribed, day.share] = [prescribed, Math.min(1, done / prescribed)];
  }
  return [...days.values()].sort((a, b) => a.at - b.at);
}
