// SPDX-License-Identifier: Apache-2.0
// Loads the clinic's patients with their next appointments and their accounts.
import type { Appointment } from 'fhir/r4';
import { personIn, takesTime, timeOf } from '../../fhir/appointments.ts';
import { searchAll } from '../../data/fhir_search.ts';
import { loadPatients } from '../../data/patients.ts';
import type { Who } from '../../fhir/people.ts';
import { ask, type Account } from '../../data/api.ts';

const PAGE = 200;

export interface Listed {
  who: Who;
  account: Account | undefined;
  next: number | undefined;
}

async function accountsOfPatients(): Promise<Map<string, Account>> {
  const all = new Map<string, Account>();
  for (let more = true, after = ''; more; ) {
    const page = await ask<{ accounts: Account[]; more: boolean }>(
      'GET',
      `accounts?${new URLSearchParams({ role: 'patient', after, count: String(PAGE) }).toString()}`,
    );
    for (const account of page.accounts) if (account.person) all.set(account.person, account);
    after = page.accounts.at(-1)?.name ?? '';
    ({ more } = page);
  }
  return all;
}

/** When each comes next; by patient. */
export function nextVisits(appointments: readonly Appointment[], now: number): Map<string, number> {
  const next = new Map<string, number>();
  for (const one of appointments) {
    const [patient, time] = [personIn(one, 'Patient'), timeOf(one)];
    if (!patient || !time || time.end < now || !takesTime(one)) continue;
    next.set(patient, Math.min(next.get(patient) ?? Infinity, time.start));
  }
  return next;
}

export async function loadListed(): Promise<Listed[]> {
  const now = Date.now();
  const [patients, accounts, appointments] = await Promise.all([
    loadPatients(),
    accountsOfPatients(),
    searchAll<Appointment>(
      'Appointment',
      `?date=ge${new Date(now).toISOString()}&status=booked,arrived,pending&_count=1000` +
        `&_elements=status,start,end,participant`,
    ),
  ]);
  const next = nextVisits(appointments, now);
  return patients.map((who) => ({ who, account: accounts.get(who.id), next: next.get(who.id) }));
}
