// Appointments as FHIR has them: docs/clinician/calendar.md. Pure.
import type { Appointment } from 'fhir/r4';
import { codeOf } from './results.ts';
import { zonedText } from './wall_time.ts';

export const VISIT = 'urn:reprise:visit';
export const VISIT_KINDS = ['in-person', 'video', 'telephone'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];
export const MINUTES = [15, 20, 30, 45, 60, 90] as const;

/** As the server has it: those take their practitioner's time. */
const TAKING = ['pending', 'booked', 'arrived', 'checked-in', 'fulfilled'];
export const takesTime = ({ status }: Appointment) => TAKING.includes(status ?? '');

export const kindOf = ({ appointmentType }: Appointment): VisitKind | undefined =>
  VISIT_KINDS.find((kind) => kind === codeOf(appointmentType, VISIT));

export const personIn = ({ participant = [] }: Appointment, type: 'Patient' | 'Practitioner') =>
  participant
    .map(({ actor }) => actor?.reference ?? '')
    .find((reference) => reference.startsWith(`${type}/`))
    ?.slice(type.length + 1);

/** In milliseconds; nothing where it has no time. */
export function timeOf({
  start,
  end,
}: {
  start?: string | undefined;
  end?: string | undefined;
}): { start: number; end: number } | undefined {
  const time = { start: Date.parse(start ?? ''), end: Date.parse(end ?? '') };
  return time.end > time.start ? time : undefined;
}

export interface Plan {
  patient: string;
  practitioner: string;
  kind: VisitKind;
  minutes: number;
  comment?: string;
}

const about = (
  { patient, practitioner, kind, minutes, comment }: Plan,
  status: 'booked' | 'proposed',
): Appointment => ({
  resourceType: 'Appointment',
  status,
  appointmentType: { coding: [{ system: VISIT, code: kind }] },
  minutesDuration: minutes,
  ...(comment?.trim() && { comment: comment.trim() }),
  participant: [
    { actor: { reference: `Patient/${patient}` }, status: 'accepted' },
    { actor: { reference: `Practitioner/${practitioner}` }, status: 'accepted' },
  ],
});

/** `zone`: by whose clock the record says it. */
export const at = (appointment: Appointment, start: number, minutes: number, zone: string): Appointment => ({
  ...appointment,
  start: zonedText(start, zone),
  end: zonedText(start + minutes * 60_000, zone),
  minutesDuration: minutes,
});

export const booked = (plan: Plan, start: number, zone: string): Appointment =>
  at(about(plan, 'booked'), start, plan.minutes, zone);

/** That the patient may choose a time. */
export const invitation = (plan: Plan): Appointment => {
  const { participant, ...rest } = about(plan, 'proposed');
  return {
    ...rest,
    participant: participant.map((one, i) => (i === 0 ? { ...one, status: 'needs-action' } : one)),
  };
};

/** In Slots, which the patient's pages name and the clinician's do not. */
export const inSlots = (appointment: Appointment, slots: readonly string[]): Appointment => ({
  ...appointment,
  slot: slots.map((id) => ({ reference: `Slot/${id}` })),
});

/** Booked and not over, the next first. */
export const comingIn = (all: readonly Appointment[], now: number) =>
  all
    .filter((one) => ['booked', 'arrived', 'checked-in'].includes(one.status ?? '') && (timeOf(one)?.end ?? 0) > now)
    .sort((a, b) => (timeOf(a)?.start ?? 0) - (timeOf(b)?.start ?? 0));
