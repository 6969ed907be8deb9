// What a clinician should look at now, for the navigation of all pages: asked for in one round, which the inbox shares.
import type { Communication, Flag } from 'fhir/r4';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { useEachWhileUsed } from '../hooks/each_while_used.ts';
import { askRecord, failureOf, type Failure } from '../data/api.ts';
import { found } from '../data/found.ts';
import { resourcesIn } from '../fhir/resources.ts';
import { conversationsIn, messagesSince, waitingIn, type Conversation } from '../fhir/unanswered.ts';

type Messages = ReadonlyMap<string, Communication>;

interface State {
  account?: string | undefined;
  urgent: number;
  /** By id; nothing before the record was asked. */
  messages?: Messages;
  /** Why the record was not asked for messages now. */
  failure?: Failure | undefined;
}

const EACH_MS = 30_000;
/** What is written at the same time may become readable in another order. */
const OVERLAP_MS = 2 * 60_000;

let state: State = { urgent: 0 };
const listeners = new Set<() => void>();

function tell(next: State) {
  state = next;
  for (const listener of listeners) listener();
}

/** Patients with an active flag that is urgent and not snoozed: all that no rule raised are (docs/rules.md). */
export function urgentIn(flags: readonly Flag[], now: number): number {
  const patients = new Set<string>();
  for (const { status, subject, extension = [] } of flags) {
    const finding = extension.find(({ url }) => url === 'urn:reprise:finding');
    const urgency = finding?.extension?.find(({ url }) => url === 'urgency')?.valueCode;
    const until = extension.find(({ url }) => url === 'urn:reprise:snoozed-until')?.valueDateTime;
    const awake = until === undefined || Date.parse(until) <= now;
    if (status === 'active' && awake && (finding === undefined || urgency === 'now') && subject?.reference)
      patients.add(subject.reference);
  }
  return patients.size;
}

let looks = 0;

async function lookAtFlags(account: string) {
  const now = Date.now();
  const look = ++looks;
  const text = await askRecord(
    `Flag?date=ge${encodeURIComponent(new Date(now).toISOString())}&_count=1000&_elements=status,subject,extension`,
  );
  // An older answer may come later.
  if (state.account === account && look === looks)
    tell({ ...state, urgent: urgentIn(resourcesIn<Flag>([text], 'Flag'), now) });
}

/** Counts the flags anew. What fails is asked for again by and by, and the page that shows flags says why. */
export function lookForUrgent() {
  if (state.account) lookAtFlags(state.account).catch(() => {});
}

/**
 * From when on messages are asked for: the record's own time of the newest that is known, a little before it; nothing:
 * all are asked for.
 */
export function askedSince(known: Messages | undefined): string | undefined {
  const newest = [...(known?.values() ?? [])].reduce(
    (last, { meta }) => Math.max(last, Date.parse(meta?.lastUpdated ?? '') || 0),
    0,
  );
  return newest === 0 ? undefined : new Date(newest - OVERLAP_MS).toISOString();
}

/**
 * What is known with the news, or, `whole`, the news alone; the same map where nothing has changed, so that nothing is
 * drawn anew.
 */
export function withNews(known: Messages | undefined, news: readonly Communication[], whole: boolean): Messages {
  const before = whole ? undefined : known;
  const next = new Map([...(before ?? []), ...news.map((one) => [one.id ?? '', one] as const)]);
  const same =
    known?.size === next.size &&
    [...next].every(([id, { meta }]) => known.has(id) && known.get(id)?.meta?.lastUpdated === meta?.lastUpdated);
  return known && same ? known : next;
}

async function lookAtMessages(account: string, whole: boolean) {
  try {
    const news = await found<Communication>(
      'Communication',
      messagesSince(askedSince(whole ? undefined : state.messages)),
    );
    if (state.account !== account) return;
    const messages = withNews(state.messages, news, whole);
    if (messages !== state.messages || state.failure) tell({ ...state, failure: undefined, messages });
  } catch (error) {
    if (state.account === account) tell({ ...state, failure: failureOf(error) });
  }
}

let running: { account: string; work: Promise<void> } | undefined;

/**
 * Asks for what is new, unless that is under way. `whole`: for all, because somebody may have left a care team;
 * `again`: also where it is under way, because that began before.
 */
export async function lookForAnswers({ whole = false, again = false } = {}): Promise<void> {
  const { account } = state;
  if (!account) return;
  const before = running?.account === account ? running.work : undefined;
  if (before && !again) return before;
  const work = (before ?? Promise.resolve()).then(() => lookAtMessages(account, whole));
  running = { account, work };
  await work;
  if (running.work === work) running = undefined;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

const none: ReadonlyMap<string, Conversation> = new Map();

/** What is known of the conversations of all own patients; nothing before the record was asked. */
export function useConversations(): {
  conversations: ReadonlyMap<string, Conversation> | undefined;
  failure: Failure | undefined;
} {
  const { messages, failure } = useSyncExternalStore(subscribe, () => state);
  return { conversations: useMemo(() => messages && conversationsIn([...messages.values()]), [messages]), failure };
}

/** How many patients are urgent, and how many wait for an answer. `account`: of a clinician who is signed in. */
export function useAttention(account: string | undefined): { urgent: number; waiting: number } {
  const look = useCallback(() => {
    if (!account) return;
    lookForUrgent();
    void lookForAnswers();
  }, [account]);
  useEffect(() => {
    tell({ account, urgent: 0 });
    look();
  }, [account, look]);
  useEachWhileUsed(EACH_MS, look);
  const { urgent } = useSyncExternalStore(subscribe, () => state);
  const { conversations = none } = useConversations();
  return { urgent, waiting: waitingIn(conversations) };
}
