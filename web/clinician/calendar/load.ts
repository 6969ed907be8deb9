// SPDX-License-Identifier: Apache-2.0
// What a calendar asks the record for.
import type { Appointment, Schedule, Slot } from 'fhir/r4';
import { searchAll, searchPages } from '../../data/fhir_search.ts';
import { byName, whoAre, whoIs, type PatientNamed, type Who } from '../../fhir/people.ts';
import { resourcesIn } from '../../fhir/resources.ts';
import { slotChanges, slotTimes, timesIn, type Times } from '../../fhir/schedule.ts';
import { dayAfter, instantOf, zoneHere } from '../../fhir/wall_time.ts';
import { changeAll, createNamed } from '../../data/write.ts';
import { DAY_MS } from '../../fhir/durations.ts';

const PAGE = 1000;
/** An appointment is no longer than a day. */
/** Slots that are written at once. */
const TOGETHER = 400;

export type Colleague = Pick<Who, 'id' | 'name' | 'simulated'>;

/** Loads the clinicians who share a care team with the reader's patients; the reader first. */
export async function loadColleagues(own: string): Promise<Colleague[]> {
  const teams = await searchAll<{ participant?: { member?: { reference?: string } }[] }>(
    'CareTeam',
    `?status=active&_count=${PAGE}&_elements=participant`,
  );
  const members = teams.flatMap(({ participant = [] }) => participant.map(({ member }) => member?.reference ?? ''));
  const ids = [
    ...new Set([
      own,
      ...members.filter((one) => one.startsWith('Practitioner/')).map((one) => one.slice('Practitioner/'.length)),
    ]),
  ];
  const people: PatientNamed[] = [];
  for (let at = 0; at < ids.length; at += 50)
    people.push(
      ...(await searchAll<PatientNamed>('Practitioner', `?_id=${ids.slice(at, at + 50).join(',')}&_count=${PAGE}`)),
    );
  const all = people.map(whoIs).sort(byName);
  return [...all.filter(({ id }) => id === own), ...all.filter(({ id }) => id !== own)];
}

export interface Week {
  appointments: Appointment[];
  patients: Map<string, Who>;
  slots: Slot[];
  schedule: Schedule | undefined;
  times: Times;
}

const instant = (ms: number) => new Date(ms).toISOString();

export async function loadTimes(practitioner: string): Promise<{ schedule: Schedule | undefined; times: Times }> {
  const all = await searchAll<Schedule>('Schedule', `?actor=Practitioner/${practitioner}&_count=${PAGE}`);
  const schedule = all.find(({ active }) => active !== false);
  return { schedule, times: timesIn(schedule, zoneHere()) };
}

/**
 * Loads a clinician's appointments from a day on, of patients that the reader may see. Other times are busy Slots.
 */
export async function loadDays(practitioner: string, from: string, days: number): Promise<Week> {
  const { schedule, times } = await loadTimes(practitioner);
  const begin = instantOf({ day: from, minute: 0 }, times.zone);
  const end = instantOf({ day: dayAfter(from, days), minute: 0 }, times.zone);
  const between = (parameter: string) =>
    `${parameter}=ge${instant(begin - DAY_MS)}&${parameter}=lt${instant(end)}&_count=${PAGE}`;
  const [texts, slots] = await Promise.all([
    searchPages(
      `Appointment?practitioner=Practitioner/${practitioner}&${between('date')}&_include=Appointment:patient:Patient`,
    ),
    schedule ? searchAll<Slot>('Slot', `?schedule=Schedule/${schedule.id ?? ''}&status=busy&${between('start')}`) : [],
  ]);
  return {
    appointments: resourcesIn<Appointment>(texts, 'Appointment'),
    patients: new Map(whoAre(resourcesIn<PatientNamed>(texts, 'Patient')).map((one) => [one.id, one])),
    slots,
    schedule,
    times,
  };
}

/** Makes the Slots that follow from a Schedule, for the weeks ahead; how many were changed. */
export async function topUp(schedule: Schedule, times: Times, simulated: boolean): Promise<number> {
  const now = Date.now();
  const there = await searchAll<Slot>(
    'Slot',
    `?schedule=Schedule/${schedule.id ?? ''}&start=gt${instant(now)}&_count=${PAGE}`,
  );
  const { make, change } = slotChanges(slotTimes(times, now), there);
  for (let at = 0; at < make.length; at += TOGETHER) {
    // By name: two windows that do this at once make each once.
    await createNamed(
      make.slice(at, at + TOGETHER).map(({ start, end }) => {
        const resource: Slot = {
          resourceType: 'Slot',
          schedule: { reference: `Schedule/${schedule.id ?? ''}` },
          status: 'free',
          start: instant(start),
          end: instant(end),
        };
        return { resource, system: 'urn:reprise:slot', name: `${schedule.id ?? ''}/${instant(start)}/${instant(end)}` };
      }),
      simulated,
    );
  }
  for (let at = 0; at < change.length; at += TOGETHER) await changeAll(change.slice(at, at + TOGETHER));
  return make.length + change.length;
}
