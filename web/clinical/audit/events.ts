// SPDX-License-Identifier: Apache-2.0
// Searches, reads and counts the entries of the audit log. Pure, but for the requests.
import type { AuditEvent, Bundle, OperationOutcome } from 'fhir/r4';
import { fhirRead } from '../../data/api.ts';
import type { Stored } from '../../fhir/resources.ts';
import { idIn } from '../persons.ts';

export const ACTS = [
  'read',
  'vread',
  'create',
  'update',
  'patch',
  'delete',
  'history',
  'search',
  'capabilities',
  'transaction',
  'batch',
  'signIn',
  'signOut',
  'emergencyAccess',
  'account',
  'settings',
  'log',
  'export',
  'import',
  'other',
] as const;
export type Act = (typeof ACTS)[number];

// DICOM codes, listed in docs/operations/audit.md.
const BY_SUBTYPE: Record<string, Act> = {
  110122: 'signIn',
  110123: 'signOut',
  110127: 'emergencyAccess',
  110137: 'account',
  110129: 'settings',
};
const BY_TYPE: Record<string, Act> = { 110101: 'log', 110106: 'export', 110107: 'import' };

export interface Entry {
  id: string;
  at: string;
  act: Act;
  /** The actor: the id of a Patient, a Practitioner or an account. */
  patient?: string | undefined;
  practitioner?: string | undefined;
  /** A RelatedPerson who helps the patient. */
  carer?: string | undefined;
  account?: string | undefined;
  server: boolean;
  /** 'good' | 'refused' | 'failed' */
  outcome: 'good' | 'refused' | 'failed';
  emergency: boolean;
  reason?: string | undefined;
  type?: string | undefined;
  patients: string[];
  address?: string | undefined;
}

export function entryOf(event: Stored<AuditEvent>): Entry {
  const [agent] = event.agent ?? [];
  const subtype = event.subtype?.[0]?.code ?? '';
  const act = BY_SUBTYPE[subtype] ?? BY_TYPE[event.type?.code ?? ''] ?? ACTS.find((one) => one === subtype) ?? 'other';
  const withRole = (code: string) => (event.entity ?? []).filter(({ role }) => role?.code === code);
  const [touched] = withRole('4');
  const [purpose] = event.purposeOfEvent ?? [];
  const reference = agent?.who?.reference;
  return {
    id: event.id,
    at: event.recorded,
    act,
    patient: idIn(reference, 'Patient'),
    practitioner: idIn(reference, 'Practitioner'),
    carer: idIn(reference, 'RelatedPerson'),
    account: agent?.who?.identifier?.value,
    server: !agent?.who?.identifier && agent?.type?.coding?.[0]?.code === 'dataprocessor',
    outcome: event.outcome === '0' ? 'good' : event.outcome === '4' ? 'refused' : 'failed',
    emergency: purpose?.coding?.[0]?.code === 'BTG',
    reason: purpose?.text,
    type: touched?.what?.reference?.split('/')[0] ?? withRole('24')[0]?.type?.code,
    patients: withRole('1').flatMap(({ what }) => idIn(what?.reference, 'Patient') ?? []),
    address: agent?.network?.address,
  };
}

export const KINDS = ['all', 'looked', 'changed', 'signedIn', 'emergencyAccess', 'accounts', 'log', 'copies'] as const;
export type Kind = (typeof KINDS)[number];
const BY_KIND: Record<Kind, string> = {
  all: '',
  looked: 'action=R',
  changed: 'action=C,U,D',
  signedIn: 'subtype=110122,110123',
  emergencyAccess: 'purpose=BTG',
  accounts: 'subtype=110137',
  log: 'type=110101',
  copies: 'type=110106,110107',
};

export const OUTCOMES = ['all', 'good', 'refused', 'failed'] as const;
const BY_OUTCOME: Record<(typeof OUTCOMES)[number], string> = {
  all: '',
  good: 'outcome=0',
  refused: 'outcome=4',
  failed: 'outcome=8,12',
};

export interface Filter {
  /** "Practitioner/ID", "Patient/ID", or an account's id. */
  who: string;
  patient: string | undefined;
  kind: Kind;
  outcome: (typeof OUTCOMES)[number];
  /** Days in the reader's time zone, YYYY-MM-DD; empty: any. */
  from: string;
  to: string;
}
export const NO_FILTER: Filter = { who: '', patient: undefined, kind: 'all', outcome: 'all', from: '', to: '' };

const instant = (day: string, later: number) => {
  const time = new Date(`${day}T00:00`);
  time.setDate(time.getDate() + later);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
};

export function queryOf({ who, patient, kind, outcome, from, to }: Filter, count: number): string {
  const start = from === '' ? undefined : instant(from, 0);
  const end = to === '' ? undefined : instant(to, 1);
  return [
    who === '' ? '' : who.includes('/') ? `agent=${who}` : `agent:identifier=${who}`,
    patient ? `patient=${patient}` : '',
    BY_KIND[kind],
    BY_OUTCOME[outcome],
    start ? `date=ge${encodeURIComponent(start)}` : '',
    end ? `date=lt${encodeURIComponent(end)}` : '',
    `_count=${count}`,
  ]
    .filter((part) => part !== '')
    .join('&');
}

export interface Entries {
  entries: Entry[];
  next: string | undefined;
}

/** Loads a page of entries. `query`: of a search, or `next` of the page before. */
export async function loadEntries(query: string): Promise<Entries> {
  const bundle = JSON.parse(await fhirRead(`AuditEvent?${query}`)) as Bundle<Stored<AuditEvent> | OperationOutcome>;
  return {
    entries: (bundle.entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'AuditEvent' ? [entryOf(resource)] : [],
    ),
    next: bundle.link?.find(({ relation }) => relation === 'next')?.url?.replace(/^[^?]*\?/, ''),
  };
}

const MOST_EXPORTED = 50_000;

/** The number of newest entries that are counted for the viewers of a record. */
export const MOST_COUNTED = 5000;

/** Loads the matching entries page by page. `whole`: false if there are more. */
export async function loadAll(filter: Filter, most = MOST_EXPORTED): Promise<{ entries: Entry[]; whole: boolean }> {
  const entries: Entry[] = [];
  for (let query: string | undefined = queryOf(filter, 1000); query !== undefined; ) {
    if (entries.length >= most) return { entries, whole: false };
    const page: Entries = await loadEntries(query);
    entries.push(...page.entries);
    query = page.next;
  }
  return { entries, whole: true };
}

/** Returns the actor as one text; the same actor has the same text. */
export const whoOf = ({ patient, practitioner, carer, account, server }: Entry) =>
  practitioner
    ? `Practitioner/${practitioner}`
    : patient
      ? `Patient/${patient}`
      : carer
        ? `RelatedPerson/${carer}`
        : (account ?? (server ? 'server' : ''));

/** The number of occasions, and the time of the last one. */
export interface Occasions {
  times: number;
  last: string;
}
/**
 * `opened`: the record alone was read, or it was changed. `listed`: it was among others, as in a worklist that reloads
 * by itself.
 */
export interface Looked {
  who: string;
  entry: Entry;
  opened?: Occasions;
  listed?: Occasions;
  last: string;
  emergency: boolean;
}

/**
 * Entries within this time are the same occasion (unsourced default). An open page reloads again and again, and a chart
 * sends many requests.
 */
const SAME_VISIT_MS = 15 * 60_000;

const isList = ({ act, patients }: Entry) => act === 'search' && patients.length > 1;
const another = (before: Occasions | undefined, at: string): Occasions => ({
  times:
    (before?.times ?? 0) + (before !== undefined && Date.parse(at) - Date.parse(before.last) <= SAME_VISIT_MS ? 0 : 1),
  last: at,
});

/** Returns the users who viewed or changed a record, the newest first. */
export function lookedOf(entries: readonly Entry[]): Looked[] {
  const all = new Map<string, Looked>();
  for (const entry of entries.filter(({ outcome }) => outcome === 'good').sort((a, b) => a.at.localeCompare(b.at))) {
    const who = whoOf(entry);
    const before = all.get(who);
    const how = isList(entry) ? 'listed' : 'opened';
    all.set(who, {
      ...before,
      who,
      entry,
      [how]: another(before?.[how], entry.at),
      last: entry.at,
      emergency: (before?.emergency ?? false) || entry.emergency,
    });
  }
  return [...all.values()].sort((a, b) => b.last.localeCompare(a.last));
}

// A spreadsheet takes a cell that begins with one of these characters for a formula.
const cell = (text: string) => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

export const csvOf = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
