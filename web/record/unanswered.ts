// Which messages wait for an answer of the clinic: docs/messages.md. By when they reached the record, not by the clocks of those who wrote them: what
// somebody wrote without a network before the clinic's last answer was not known to it then.
import type { Concept, Meta, Reference } from './results.ts';

/** A Communication without its words. */
export interface Heard { id?: string; meta?: Meta; status?: string; category?: Concept[]; subject?: Reference; sender?: Reference; sent?: string }

export interface Told {
  /** Of the patient. */
  own: boolean;
  /** When the record got it. */
  arrived: string | undefined;
  sent: string | undefined;
}

/** Of each patient who wrote or was written to. */
export interface Conversation {
  patient: string;
  /** How many wait for an answer. */
  waiting: number;
  /** One of them asks to be erased. */
  erasure: boolean;
  newest: Told & { id: string };
}

const COMMUNICATION = 'urn:reprise:communication';
const DAY_MS = 24 * 3600_000;
/** Older messages are counted no longer; they stay in the chart. */
const COUNTED_MS = 90 * DAY_MS;
const PAGE = 1000;

const KINDS = ['message', 'erasure-request'].map((code) => encodeURIComponent(`${COMMUNICATION}|${code}`)).join(',');

/** A search for messages that reached the record since then. */
export const messagesSince = (since: string) => `?category=${KINDS}&_lastUpdated=ge${encodeURIComponent(since)}&_count=${PAGE}&_elements=status,category,subject,sender,sent`;
export const countedSince = (now: number) => new Date(now - COUNTED_MS).toISOString();

const time = (text: string | undefined) => Date.parse(text ?? '') || 0;
const arrival = ({ arrived, sent }: Told) => time(arrived ?? sent);

/** When it was written; a clock that is ahead puts nothing before the rest. In milliseconds. */
export const written = (told: Told) => Math.min(arrival(told), time(told.sent ?? told.arrived));

/** The newest first. */
const byArrival = (a: Told, b: Told) => arrival(b) - arrival(a) || time(b.sent) - time(a.sent);

/** A patient's messages that came after the clinic's last, the newest first. */
export function unanswered<T extends Told>(of: readonly T[]): T[] {
  const sorted = [...of].sort(byArrival);
  const answered = sorted.findIndex(({ own }) => !own);
  return answered < 0 ? sorted : sorted.slice(0, answered);
}

const asksToErase = ({ category = [] }: Heard) => category.some(({ coding = [] }) => coding.some(({ system, code }) => system === COMMUNICATION && code === 'erasure-request'));

/** By patient. */
export function conversationsIn(all: readonly Heard[]): Map<string, Conversation> {
  const messages = new Map<string, (Told & { id: string; erasure: boolean })[]>();
  for (const one of all) {
    const patient = /^Patient\/([A-Za-z0-9.-]+)$/.exec(one.subject?.reference ?? '')?.[1];
    if (!patient || one.status !== 'completed') continue;
    const told = { id: one.id ?? '', own: one.sender?.reference === `Patient/${patient}`, arrived: one.meta?.lastUpdated, sent: one.sent, erasure: asksToErase(one) };
    const before = messages.get(patient);
    if (before) before.push(told);
    else messages.set(patient, [told]);
  }
  return new Map([...messages].flatMap(([patient, some]) => {
    const waiting = unanswered(some);
    const newest = [...some].sort(byArrival)[0];
    return newest ? [[patient, { patient, waiting: waiting.length, erasure: waiting.some(({ erasure }) => erasure), newest }] as const] : [];
  }));
}

/** How many patients wait. */
export const waitingIn = (conversations: ReadonlyMap<string, Conversation>) => [...conversations.values()].filter(({ waiting }) => waiting > 0).length;
