// SPDX-License-Identifier: Apache-2.0
// The one conversation of who is signed in: what the record has, what waits on the device, and up to where it was read.
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { onceBundle, SIMULATED } from '../fhir/questionnaire/response.ts';
import { fhirRead, failureOf, type Failure } from './api.ts';
import { networkFirst } from './network_first.ts';
import { clinicIn, type Clinic } from '../fhir/clinic.ts';
import { localStore } from './local_store.ts';
import { localTime } from '../fhir/local_time.ts';
import { pictureEntries, type PictureDraft } from './message_pictures.ts';
import { videoEntries, type VideoDraft } from './message_videos.ts';
import {
  communicationOf,
  joined,
  lastArrived,
  messagesIn,
  messagesWaiting,
  unreadIn,
  type Kind,
  type Message,
} from './messages.ts';
import { REACTION_QUERY, reactionsIn, type Reaction } from './message_reactions.ts';
import { post, useOutbox } from './outbox.ts';
import { resourcesIn } from '../fhir/resources.ts';

interface Who {
  account: string;
  patient: string;
}

interface State {
  who?: Who;
  /** Nothing before the record was asked. */
  known?: {
    messages: readonly Message[];
    reactions: readonly Reaction[];
    teams: readonly string[];
    clinic: Clinic;
    simulated: boolean;
    at: string;
  };
  /** Why the record was not asked now. */
  failure?: Failure | undefined;
  readUpTo?: string | undefined;
  /** Sent from this window, until the record shows them. */
  posted: readonly Message[];
  asking: boolean;
}

/** The newest; older ones stay in the record. */
export const MOST = 200;
const SELDOM_MS = 60_000;
const readKey = (account: string) => `read ${account}`;

let state: State = { posted: [], asking: false };
let askedAt = -Infinity;
let wanted = false; // repeats the request: the response under way may predate the reason to look
const listeners = new Set<() => void>();

function tell(next: Partial<State>) {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

const fetched = (patient: string) =>
  Promise.all([
    fhirRead(
      `Communication?subject=Patient/${patient}` +
        `&category=urn:reprise:communication%7Cmessage,urn:reprise:communication%7Cerasure-request&_sort=-sent` +
        `&_count=${MOST}&_include=Communication:sender:Practitioner&_include=Communication:sender:RelatedPerson`,
    ),
    fhirRead(`Communication?subject=Patient/${patient}&${REACTION_QUERY}`),
    fhirRead(`CareTeam?subject=Patient/${patient}&status=active`),
    fhirRead(`Patient?_id=${patient}&_include=Patient:organization:Organization`),
  ]);

async function ask(who: Who) {
  askedAt = Date.now();
  tell({ asking: true });
  try {
    const { value: bundles, at, failure } = await networkFirst(`messages ${who.account}`, () => fetched(who.patient));
    const { simulated, ...clinic } = clinicIn(bundles);
    const teams = resourcesIn<{ id?: string | undefined }>(bundles, 'CareTeam').flatMap(({ id }) => (id ? [id] : []));
    const readUpTo = await (await localStore()).value<string>(readKey(who.account));
    if (state.who?.account === who.account)
      tell({
        known: {
          messages: messagesIn(bundles, who.patient),
          reactions: reactionsIn(bundles, who.patient),
          teams,
          clinic,
          simulated,
          at,
        },
        failure,
        readUpTo,
      });
  } catch (error) {
    if (state.who?.account === who.account) tell({ failure: failureOf(error) });
  } finally {
    tell({ asking: false });
    if (wanted) void lookForMessages();
  }
}

/** Asks the record again; `seldom`: unless it was asked just now. */
export async function lookForMessages({ seldom = false } = {}) {
  if (!state.who || (seldom && Date.now() - askedAt < SELDOM_MS)) return;
  wanted = state.asking;
  if (!state.asking) await ask(state.who);
}

/** Whose conversation it is from now on. */
export function setConversation(who: Who | undefined) {
  if (state.who?.account === who?.account && state.who?.patient === who?.patient) return;
  state = { posted: [], asking: false, ...(who && { who }) };
  askedAt = -Infinity;
  tell({});
}

/**
 * Keeps a message and sends it as soon as that is possible. Done when it is kept. Throws NoRoom if the device has no
 * room for its pictures or its video.
 */
export async function say(
  kind: Kind,
  text: string,
  pictures: readonly PictureDraft[] = [],
  videos: readonly VideoDraft[] = [],
) {
  const { who, known } = state;
  if (!who || !known) return;
  const id = crypto.randomUUID();
  const resource = communicationOf({
    id,
    kind,
    text,
    patient: who.patient,
    teams: known.teams,
    simulated: known.simulated,
    sent: localTime(new Date()),
    pictures,
    videos,
  });
  const simulated = known.simulated ? SIMULATED.tag : [];
  const entries = [
    ...pictureEntries(pictures, who.patient, simulated),
    ...videoEntries(videos, who.patient, simulated),
  ];
  const bundle = onceBundle(id, resource, entries);
  await post({ id, kind: 'message', bundle }, { mustFit: entries.length > 0 });
  if (state.who === who) tell({ posted: [...state.posted, ...messagesIn([bundle], who.patient)] });
}

/** What waited when the page was opened is shown, too, between leaving the device and being seen in the record. */
function keepPosted(unsent: readonly Message[]) {
  const fresh = unsent.filter(({ id, refused }) => !refused && !state.posted.some((one) => one.id === id));
  if (fresh.length > 0) tell({ posted: [...state.posted, ...fresh] });
}

/** Forgets the posted messages, after the local store was cleared. */
export const forgetPosted = () => tell({ posted: [], readUpTo: undefined });

/** Remembers on this device that all that is known was read. */
export async function markRead() {
  const { who, known, readUpTo } = state;
  const last = known && lastArrived(known.messages);
  if (!who || !last || last === readUpTo) return;
  tell({ readUpTo: last });
  await (await localStore()).putValue(readKey(who.account), last).catch(() => {});
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void lookForMessages({ seldom: true });
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** The conversation as it is known now; a message whose `waiting` is true is not sent yet. */
export function useConversation() {
  const { who, known, failure, readUpTo, posted, asking } = useSyncExternalStore(subscribe, () => state);
  const { waiting } = useOutbox();
  const unsent = useMemo(() => (who ? messagesWaiting(waiting, who.patient) : []), [who, waiting]);
  useEffect(() => {
    keepPosted(unsent);
  }, [unsent]);
  return useMemo(() => {
    const messages = joined(known?.messages ?? [], unsent, posted);
    const open = new Set(unsent.map(({ id }) => id));
    return {
      known,
      failure,
      asking,
      messages,
      isWaiting: ({ id, arrived }: Message) => arrived === undefined && open.has(id),
      unread: unreadIn(messages, readUpTo).length,
    };
  }, [known, failure, asking, readUpTo, posted, unsent]);
}

/** How many messages are unread; looks for new ones now and then, when the reader goes from page to page. */
export function useUnread(who: Who | undefined, path: string): number {
  const { account, patient } = who ?? {};
  useEffect(() => {
    setConversation(account && patient ? { account, patient } : undefined);
  }, [account, patient]);
  useEffect(() => {
    if (account && path !== '/session') void lookForMessages({ seldom: true });
  }, [account, path]);
  return useConversation().unread;
}
