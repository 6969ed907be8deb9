// SPDX-License-Identifier: Apache-2.0
// Builds the rows of the worklist from the record's resources: patients, their order and reasons. Pure.
import type { Composition, Extension, Flag, Reference } from 'fhir/r4';
import { isMeant, nameOf as nameOfPerson, whoAre, whoIs, type PatientNamed, type Who } from '../../fhir/people.ts';
import type { Stored } from '../../fhir/resources.ts';
import type { Conversation } from '../../fhir/unanswered.ts';

export type WorklistPatient = Stored<PatientNamed>;

export const URGENCIES = ['now', 'soon', 'watch'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** The finding of an alert rule, with its numbers (docs/clinician/rules.md). */
export interface Finding {
  kind: string;
  of: string;
  urgency: Urgency;
  key?: string | undefined;
  exercise?: string | undefined;
  side?: string | undefined;
  measure?: string | undefined;
  unit: string;
  value: number;
  before: number;
  /** What the difference reached; of a balance programme, the sessions in a row. */
  threshold?: number | undefined;
  since: string;
  sensed?: SensedChange | undefined;
}

/** What the change detector says of a measure of sensors (docs/clinician/rules.md). */
export interface SensedChange {
  shape: string;
  part: string | undefined;
  /** Half width of the difference. */
  uncertainty: number;
  /** It began after the first day, and not after the second. */
  earliest: string;
  latest: string;
  /** 0 to 1. */
  confidence: number;
  daysBefore: number;
  daysSince: number;
  unit: string;
  decimals: number;
  /** Of the method. */
  version: string;
}

export interface Reason {
  flag: string;
  /** The code of the alert rule or of the answer. */
  code: string;
  /** The record's text, in English. */
  text: string;
  urgency: Urgency;
  finding?: Finding | undefined;
  /** When it was raised. */
  raised: string;
  snoozedUntil?: string | undefined;
  /** Exercises are on hold because of it, or were until the patient took it back as a wrong touch. */
  hold?: 'on' | 'taken-back' | undefined;
  /** The questions of the warning signs that were answered with yes, by their linkIds. */
  signs: readonly string[];
  /** The number of open flags with the same reason. */
  times: number;
  flags: string[];
}

export interface Row extends Who {
  gender?: string | undefined;
  /** The most urgent first; without those that are snoozed. */
  reasons: Reason[];
  snoozed: Reason[];
  /** The number of unanswered messages. */
  messages: number;
  erasure: boolean;
  /** The number of unsigned notes. */
  notes: number;
}

const FLAG = 'urn:reprise:flag';

const extensionOf = ({ extension = [] }: { extension?: Extension[] | undefined }, url: string) =>
  extension.find((one) => one.url === url);
const patientOf = (subject: Reference | undefined) => /^Patient\/([A-Za-z0-9.-]+)$/.exec(subject?.reference ?? '')?.[1];

/** Returns the patient's name; the record's id if there is none. */
export const nameOf = (patient: WorklistPatient) => nameOfPerson(patient) ?? patient.id;

function sensedIn(found: Extension): SensedChange | undefined {
  const part = (name: string) => extensionOf(found, name);
  const [earliest, latest] = [part('earliest')?.valueDate, part('latest')?.valueDate];
  const [uncertainty, confidence] = [part('uncertainty')?.valueDecimal, part('confidence')?.valueDecimal];
  if (!earliest || !latest || uncertainty === undefined || confidence === undefined) return undefined;
  return {
    earliest,
    latest,
    uncertainty,
    confidence,
    shape: part('shape')?.valueCode ?? 'step',
    part: part('part')?.valueString,
    daysBefore: part('before-count')?.valueInteger ?? 0,
    daysSince: part('after-count')?.valueInteger ?? 0,
    unit: part('shown-unit')?.valueString ?? '',
    decimals: Math.min(Math.max(part('decimals')?.valueInteger ?? 1, 0), 6),
    version: part('rule')?.valueCanonical?.split('|')[1] ?? '',
  };
}

function findingOf(flag: Flag): Finding | undefined {
  const found = extensionOf(flag, 'urn:reprise:finding');
  if (!found) return undefined;
  const part = (name: string) => extensionOf(found, name);
  const [kind, of, since] = [part('kind')?.valueCode, part('of')?.valueCode, part('since')?.valueDate];
  const [value, before] = [part('value')?.valueDecimal, part('before')?.valueDecimal];
  if (!kind || !of || !since || value === undefined || before === undefined) return undefined;
  return {
    kind,
    of,
    since,
    value,
    before,
    threshold: part('threshold')?.valueDecimal,
    unit: part('unit')?.valueCode ?? '',
    key: part('key')?.valueString,
    exercise: part('exercise')?.valueCode,
    side: part('side')?.valueCode,
    measure: part('measure')?.valueCode,
    urgency: URGENCIES.find((one) => one === part('urgency')?.valueCode) ?? 'soon',
    sensed: of === 'sensed' ? sensedIn(found) : undefined,
  };
}

/** Returns the hold, as care/safety/hold.h writes it. */
function holdOf(flag: Flag): Reason['hold'] {
  const ended = extensionOf(flag, 'urn:reprise:hold-ended');
  if (ended) return extensionOf(ended, 'why')?.valueCode === 'taken-back' ? 'taken-back' : undefined;
  return extensionOf(flag, 'urn:reprise:hold') && flag.status === 'active' ? 'on' : undefined;
}

const signsOf = (flag: Flag) =>
  (extensionOf(flag, 'urn:reprise:hold')?.extension ?? []).flatMap(({ url, valueCode }) =>
    url === 'question' && valueCode ? [valueCode] : [],
  );

/** A flag that no rule raised is about an answer that had to be known at once. */
export function reasonOf(flag: Flag): Reason {
  const finding = findingOf(flag);
  return {
    flag: flag.id ?? '',
    flags: flag.id ? [flag.id] : [],
    times: 1,
    code: flag.code?.coding?.find(({ system }) => system === FLAG)?.code ?? '',
    text: flag.code?.text ?? '',
    finding,
    hold: holdOf(flag),
    signs: signsOf(flag),
    urgency: finding?.urgency ?? 'now',
    raised: flag.period?.start ?? flag.meta?.lastUpdated ?? '',
    snoozedUntil: extensionOf(flag, 'urn:reprise:snoozed-until')?.valueDateTime,
  };
}

/** A warning sign that was not a wrong touch comes before all else: the patient waits, and it may be an emergency. */
const isWarningSign = ({ code, hold }: Reason) => code === 'red-flag' && hold !== 'taken-back';

export const sleeps = ({ snoozedUntil }: Reason, now: number) =>
  snoozedUntil !== undefined && Date.parse(snoozedUntil) > now;

const byNeed = (a: Reason, b: Reason) =>
  Number(isWarningSign(b)) - Number(isWarningSign(a)) ||
  URGENCIES.indexOf(a.urgency) - URGENCIES.indexOf(b.urgency) ||
  Date.parse(b.raised) - Date.parse(a.raised);

/**
 * Merges repeated reasons into the newest one, with their number. Merges the findings of two alert rules on one subject
 * into the more urgent one.
 */
export function together(reasons: readonly Reason[]): Reason[] {
  const kept = new Map<string, Reason>();
  for (const reason of [...reasons].sort(byNeed)) {
    const { finding } = reason;
    const key = finding ? `${finding.kind}|${finding.of}|${finding.key ?? ''}` : `${reason.code}|${reason.text}`;
    const before = kept.get(key);
    if (before)
      kept.set(key, {
        ...before,
        times: before.times + (before.code === reason.code ? 1 : 0),
        flags: [...before.flags, reason.flag],
      });
    else kept.set(key, reason);
  }
  return [...kept.values()];
}

const rank = ({ reasons, messages, notes }: Row) => {
  const first = reasons[0];
  if (first) return isWarningSign(first) ? -1 : URGENCIES.indexOf(first.urgency);
  return messages > 0 ? 3 : notes > 0 ? 4 : 5;
};

/**
 * Compares two rows by their most urgent reason, the number of reasons, and the newest one. Then follow unanswered
 * messages, unsigned notes and names.
 */
function byNeedOfRows(a: Row, b: Row): number {
  const newest = ({ reasons }: Row) => Math.max(0, ...reasons.map(({ raised }) => Date.parse(raised) || 0));
  return (
    rank(a) - rank(b) || b.reasons.length - a.reasons.length || newest(b) - newest(a) || a.name.localeCompare(b.name)
  );
}

export function rowsOf(
  patients: readonly WorklistPatient[],
  flags: readonly Flag[],
  conversations: ReadonlyMap<string, Conversation>,
  notes: readonly Composition[],
  now: number,
): Row[] {
  const flagged = new Map<string, Reason[]>();
  for (const flag of flags) {
    const patient = patientOf(flag.subject);
    if (flag.status === 'active' && patient) flagged.set(patient, [...(flagged.get(patient) ?? []), reasonOf(flag)]);
  }
  const unsigned = new Map<string, number>();
  for (const { status, subject } of notes) {
    const patient = patientOf(subject);
    if (status === 'preliminary' && patient) unsigned.set(patient, (unsigned.get(patient) ?? 0) + 1);
  }
  const shown = patients.filter(({ active }) => active !== false);
  const who = whoAre(shown);
  const rows = shown.map((patient, i): Row => {
    const reasons = flagged.get(patient.id) ?? [];
    return {
      ...(who[i] ?? whoIs(patient)),
      gender: patient.gender,
      reasons: together(reasons.filter((one) => !sleeps(one, now))),
      snoozed: together(reasons.filter((one) => sleeps(one, now))),
      messages: conversations.get(patient.id)?.waiting ?? 0,
      erasure: conversations.get(patient.id)?.erasure ?? false,
      notes: unsigned.get(patient.id) ?? 0,
    };
  });
  return rows.sort(byNeedOfRows);
}

export const FILTERS = ['all', 'attention', 'now', 'messages', 'notes', 'snoozed'] as const;
export type Filter = (typeof FILTERS)[number];

const PASSES: Record<Filter, (row: Row) => boolean> = {
  all: () => true,
  attention: ({ reasons }) => reasons.length > 0,
  now: ({ reasons }) => reasons.some(({ urgency }) => urgency === 'now'),
  messages: ({ messages }) => messages > 0,
  notes: ({ notes }) => notes > 0,
  snoozed: ({ snoozed }) => snoozed.length > 0,
};
export const passes = (row: Row, filter: Filter) => PASSES[filter](row);

/** Checks that every typed word begins a word of the name or of the reasons, or is the birth date. */
export const matches = (row: Row, typed: string, words: (reason: Reason) => string, born = '') =>
  typed.trim() === '' || isMeant(row, typed, [born, ...row.reasons.map(words)].join(' '));
