// SPDX-License-Identifier: Apache-2.0
// Appointments as FHIR has them: docs/clinician/calendar.md. Pure.
import type { Appointment } from 'fhir/r4';
import { codeOf } from './results.ts';
import { VISIT, VISIT_KINDS, type VisitKind } from './visit_kinds.ts';
import { zonedText } from './wall_time.ts';

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

/** Returns start and end in milliseconds; undefined if it has no time. */
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

/** Returns it at another time. `zone`: the clock of the written times. */
export const at = (appointment: Appointment, start: number, minutes: number, zone: string): Appointment => ({
  ...appointment,
  start: zonedText(start, zone),
  end: zonedText(start + minutes * 60_000, zone),
  minutesDuration: minutes,
});

export const booked = (plan: Plan, start: number, zone: string): Appointment =>
  at(about(plan, 'booked'), start, plan.minutes, zone);

/** Returns an appointment whose time the patient chooses. */
export const invitation = (plan: Plan): Appointment => {
  const { participant, ...rest } = about(plan, 'proposed');
  return {
    ...rest,
    participant: participant.map((one, i) => (i === 0 ? { ...one, status: 'needs-action' } : one)),
  };
};

/** Returns it with its Slots, which only the patient's pages name. */
export const inSlots = (appointment: Appointment, slots: readonly string[]): Appointment => ({
  ...appointment,
  slot: slots.map((id) => ({ reference: `Slot/${id}` })),
});

/** Returns the booked ones that are not over, the next first. */
export const comingIn = (all: readonly Appointment[], now: number) =>
  all
    .filter((one) => ['booked', 'arrived', 'checked-in'].includes(one.status ?? '') && (timeOf(one)?.end ?? 0) > now)
    .sort((a, b) => (timeOf(a)?.start ?? 0) - (timeOf(b)?.start ?? 0));
