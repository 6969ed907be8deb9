// What happened on which day, for the timeline. Pure.
import { codeOf, dayOf, exerciseIn } from '../../record/results.ts';
import { kindOf, takesTime, type Appointment, type VisitKind } from '../../record/appointments.ts';
import type { Asked } from './adherence.ts';
import { isSimulated } from '../../record/people.ts';
import { extensionOf, type CarePlan, type Communication, type Composition, type Encounter, type Extension, type Flag, type QuestionnaireResponse, type ServiceRequest } from './records.ts';
import type { SetDone } from './series.ts';

export const KINDS = ['visit', 'questionnaire', 'note', 'flag', 'programme', 'message'] as const;
export type Kind = (typeof KINDS)[number];

/** `words`: the record's own, in its language; without them the kind says it. */
export interface Happening { kind: Kind; at: number; words?: string | undefined; change?: Change | undefined; fromPatient?: boolean; active?: boolean; simulated?: boolean; visit?: { kind: VisitKind | undefined; missed: boolean } }

/** What is another than in the version before. */
export interface Change { what: 'plan' | 'added' | 'ended' | 'changed'; name?: string | undefined; details: { field: 'sets' | 'repetitions' | 'hold' | 'target' | 'ceiling' | 'days'; before: number | undefined; after: number | undefined }[] }

export interface Day {
  day: string;
  /** Its noon. */
  at: number;
  sets: SetDone[];
  /** Of what is asked for on an average day, 0 to 1; nothing where that is not known. */
  share: number | undefined;
  happenings: Happening[];
}

export interface Happened {
  encounters: readonly Encounter[];
  appointments?: readonly Appointment[];
  responses: readonly QuestionnaireResponse[];
  notes: readonly Composition[];
  flags: readonly Flag[];
  messages: readonly Communication[];
}

const live = ({ status }: { status?: string }) => status !== 'entered-in-error' && status !== 'cancelled';
const MESSAGES = 'urn:reprise:communication';

export function happeningsOf({ encounters, appointments = [], responses, notes, flags, messages }: Happened): Happening[] {
  const told = new Set(encounters.filter(live).flatMap(({ appointment = [] }) => appointment.map(({ reference }) => reference)));
  const all: Happening[] = [
    ...encounters.filter(live).map((one): Happening => ({ kind: 'visit', at: Date.parse(one.period?.start ?? ''), words: one.type?.[0]?.text ?? one.reasonCode?.[0]?.text })),
    ...appointments.filter((one) => (takesTime(one) || one.status === 'noshow') && !told.has(`Appointment/${one.id ?? ''}`))
      .map((one): Happening => ({ kind: 'visit', at: Date.parse(one.start ?? ''), visit: { kind: kindOf(one), missed: one.status === 'noshow' } })),
    ...responses.filter(live).map((one): Happening => ({ kind: 'questionnaire', at: Date.parse(one.authored ?? ''), words: one.questionnaire?.replace(/^urn:reprise:questionnaire:/, '').replace(/\|.*$/, '') })),
    ...notes.filter(live).map((one): Happening => ({ kind: 'note', at: Date.parse(one.date ?? ''), words: one.title })),
    ...flags.filter(live).map((one): Happening => ({ kind: 'flag', at: Date.parse(one.period?.start ?? one.meta?.lastUpdated ?? ''), words: one.code?.text, active: one.status === 'active' })),
    ...messages.filter((one) => live(one) && (one.category ?? []).some((category) => codeOf(category, MESSAGES) === 'message'))
      .map((one): Happening => ({ kind: 'message', at: Date.parse(one.sent ?? ''), fromPatient: one.sender?.reference?.startsWith('Patient/') ?? false })),
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
    sets: number(dosage, 'sets'), repetitions: number(dosage, 'repetitions'), hold: number(dosage, 'hold'),
    target: number(extensionOf(request, 'urn:reprise:target'), 'value'), ceiling: number(extensionOf(request, 'urn:reprise:max-range'), 'value'),
    days: repeat?.dayOfWeek?.length ?? (repeat?.periodUnit === 'd' ? 7 : repeat?.frequency),
  };
}

/** When a version was made: as it says, else as the record got it. */
const madeAt = (one: { authoredOn?: string; created?: string; meta?: { lastUpdated?: string } }, before: { authoredOn?: string; created?: string } | undefined) => {
  const said = one.authoredOn ?? one.created;
  return Date.parse((said !== undefined && said !== (before?.authoredOn ?? before?.created) ? said : one.meta?.lastUpdated) ?? '');
};

/** `histories`: of each request or plan its versions, in any order. */
export function changesOf(histories: readonly (readonly (ServiceRequest | CarePlan)[])[]): Happening[] {
  return histories.flatMap((versions) => {
    const ordered = [...versions].sort((a, b) => Number(a.meta?.versionId) - Number(b.meta?.versionId));
    return ordered.flatMap((one, i): Happening[] => {
      const before = ordered[i - 1];
      const at = madeAt(one, before);
      if (Number.isNaN(at)) return [];
      const common = { kind: 'programme' as const, at, simulated: isSimulated(one) };
      if ('title' in one || !('instantiatesCanonical' in one)) return [{ ...common, words: (one as CarePlan).title, change: { what: 'plan', details: [] } }];
      const name = (one as ServiceRequest).code?.text ?? exerciseIn(one);
      if (!before) return [{ ...common, change: { what: 'added', name, details: [] } }];
      if (one.status !== 'active' && before.status === 'active') return [{ ...common, change: { what: 'ended', name, details: [] } }];
      const [was, is] = [facts(before as ServiceRequest), facts(one as ServiceRequest)];
      const details = (Object.keys(is) as (keyof typeof is)[]).filter((field) => was[field] !== is[field]).map((field) => ({ field, before: was[field], after: is[field] }));
      return [{ ...common, change: { what: 'changed', name, details } }];
    });
  });
}

/** Days on which something happened, the oldest first. */
export function daysOf(sets: readonly SetDone[], happenings: readonly Happening[], asked: Asked | undefined): Day[] {
  const days = new Map<string, Day>();
  const dayAt = (at: number): Day => {
    const day = dayOf(new Date(at));
    const there = days.get(day) ?? { day, at: new Date(`${day}T12:00`).getTime(), sets: [], share: undefined, happenings: [] };
    days.set(day, there);
    return there;
  };
  for (const set of sets) if (!set.ahead) dayAt(set.at).sets.push(set);
  for (const happening of happenings) dayAt(happening.at).happenings.push(happening);
  for (const day of days.values()) {
    day.happenings.sort((a, b) => a.at - b.at);
    if (asked && asked.perDay > 0) day.share = Math.min(1, day.sets.filter(({ complete }) => complete).length / asked.perDay);
  }
  return [...days.values()].sort((a, b) => a.at - b.at);
}
