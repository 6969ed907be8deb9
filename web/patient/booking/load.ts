// SPDX-License-Identifier: Apache-2.0
// A patient's own appointments, and the times that can be chosen.
import type { Appointment, Reference, Schedule, Slot, Patient, Practitioner } from 'fhir/r4';
import { comingIn, personIn } from '../../fhir/appointments.ts';
import { networkFirst, type Known } from '../../data/network_first.ts';
import { searchAll, searchPages } from '../../data/fhir_search.ts';
import { isSimulated, nameOf } from '../../fhir/people.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { timesIn, type Times } from '../../fhir/schedule.ts';
import { zoneHere } from '../../fhir/wall_time.ts';

const PAGE = 1000;

export interface Helper {
  id: string;
  name: string | undefined;
  schedules: string[];
  times: Times;
}
export interface Booking {
  coming: Appointment[];
  invited: Appointment[];
  helpers: Helper[];
  simulated: boolean;
}

async function fetched(patient: string): Promise<string[][]> {
  const [people, appointments, teams] = await Promise.all([
    searchPages(`Patient?_id=${patient}`),
    searchPages(
      `Appointment?patient=Patient/${patient}&status=proposed,booked,arrived,checked-in&_count=${PAGE}` +
        `&_include=Appointment:practitioner:Practitioner`,
    ),
    searchPages(`CareTeam?subject=Patient/${patient}&status=active&_include=CareTeam:participant:Practitioner`),
  ]);
  const ids = new Set(
    resourcesIn<{ participant?: { member?: Reference }[] }>(teams, 'CareTeam').flatMap(({ participant = [] }) =>
      participant.flatMap(({ member }) => (member?.reference?.startsWith('Practitioner/') ? [member.reference] : [])),
    ),
  );
  for (const one of resourcesIn<Appointment>(appointments, 'Appointment'))
    ids.add(`Practitioner/${personIn(one, 'Practitioner') ?? ''}`);
  const schedules =
    ids.size === 0
      ? []
      : await searchPages(
          `Schedule?actor=${[...ids].filter((one) => one !== 'Practitioner/').join(',')}&_count=${PAGE}`,
        );
  return [people, appointments, teams, schedules];
}

function bookingIn(
  [people = [], appointments = [], teams = [], schedules = []]: readonly string[][],
  now: number,
): Booking {
  const all = resourcesIn<Appointment>(appointments, 'Appointment');
  const practitioners = new Map(
    [
      ...resourcesIn<Practitioner>(teams, 'Practitioner'),
      ...resourcesIn<Practitioner>(appointments, 'Practitioner'),
    ].map((one) => [one.id ?? '', one]),
  );
  const helpers = [...practitioners].map(([id, one]): Helper => {
    const own = resourcesIn<Schedule>(schedules, 'Schedule').filter(
      ({ active, actor = [] }) => active !== false && actor.some(({ reference }) => reference === `Practitioner/${id}`),
    );
    return {
      id,
      name: nameOf(one),
      schedules: own.flatMap((schedule) => schedule.id ?? []),
      times: timesIn(own[0], zoneHere()),
    };
  });
  const [patient] = resourcesIn<Patient>(people, 'Patient');
  return {
    coming: comingIn(all, now),
    invited: all.filter(({ status }) => status === 'proposed'),
    helpers,
    simulated: patient !== undefined && isSimulated(patient),
  };
}

/** What the record says, or said last. */
export async function loadBooking(account: string, patient: string): Promise<Known<Booking>> {
  const { value, ...rest } = await networkFirst(`appointments ${account}`, () => fetched(patient));
  return { value: bookingIn(value, Date.now()), ...rest };
}

export async function loadSlots(schedules: readonly string[]): Promise<Slot[]> {
  if (schedules.length === 0) return [];
  const of = schedules.map((id) => `Schedule/${id}`).join(',');
  return searchAll<Slot>(
    'Slot',
    `?schedule=${of}&status=free&start=gt${new Date().toISOString()}&_sort=start&_count=${PAGE}`,
  );
}
