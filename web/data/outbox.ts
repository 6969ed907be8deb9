// SPDX-License-Identifier: Apache-2.0
// Results on their way to the record. Each is kept on the device before it is sent and until the record has it; a
// result that is sent twice (the answer was lost, two windows) is in the record once, because its transaction says by
// which identifier it is known.
import { useSyncExternalStore } from 'react';
import { Failure, failureOf, sendTransaction } from './api.ts';
import { localStore, type Unsent } from './local_store.ts';

export interface OutboxState {
  /** Of the account that is signed in. */
  waiting: readonly Unsent[];
  /** False: no user is signed in, or the outbox is still unread. An empty `waiting` then means nothing. */
  known: boolean;
  sending: boolean;
  /** Why the last attempt ended. */
  failure?: Failure;
  /** The device keeps nothing, or had no room for the newest result: it is lost with the page. */
  fleeting: boolean;
}

const AGAIN_MS = [2_000, 5_000, 15_000, 60_000] as const;
/** The record understood it, and will never take it as it is. */
const FINAL = new Set([400, 412, 413, 422]);
/** No answer, or one that is not about this result: whatever else waits would fail alike. */
const OF_THE_WAY = new Set([0, 401, 408, 425, 429, 502, 503, 504]);

let state: OutboxState = { waiting: [], known: false, sending: false, fleeting: false };
let account: string | undefined;
let attempts = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
// For which the device had no room.
const unsaved = new Map<string, Unsent>();
const listeners = new Set<() => void>();

function tell(next: Partial<OutboxState>) {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

async function look() {
  const kept = await localStore();
  // Where the store cannot be read, the last known entries count: they still exist.
  const unsent = await kept.unsent().catch(() => state.waiting.filter(({ id }) => !unsaved.has(id)));
  const waiting = [...unsent, ...unsaved.values()].filter((one) => one.account === account);
  tell({ waiting, known: account !== undefined, fleeting: (!kept.lasting && waiting.length > 0) || unsaved.size > 0 });
  return waiting;
}

/** Those for which there was no room, where there is some now. */
async function persistUnsaved() {
  for (const one of unsaved.values()) {
    try {
      await (await localStore()).putUnsent(one);
      unsaved.delete(one.id);
    } catch {
      return;
    }
  }
}

async function sent(id: string) {
  unsaved.delete(id);
  await (await localStore()).removeUnsent(id);
}

async function refuse(one: Unsent, status: number) {
  const refused = { ...one, refused: status };
  if (unsaved.has(one.id)) unsaved.set(one.id, refused);
  else await (await localStore()).putUnsent(refused);
}

/** Whether the others may be tried after this failure. */
async function failed(one: Unsent, failure: Failure): Promise<boolean> {
  if (FINAL.has(failure.status)) {
    await refuse(one, failure.status);
    return true;
  }
  tell({ failure });
  return !OF_THE_WAY.has(failure.status) && failure.code !== 'csrf';
}

function again(waitSeconds: number) {
  timer = setTimeout(
    () => {
      void flush();
    },
    Math.max(waitSeconds * 1000, AGAIN_MS[Math.min(attempts, AGAIN_MS.length - 1)] ?? 60_000),
  );
  attempts += 1;
}

/** Each once, those too that come meanwhile. */
async function sendAll() {
  clearTimeout(timer);
  await persistUnsaved();
  const tried = new Set<string>();
  const fresh = async () => (await look()).filter(({ id, refused }) => refused === undefined && !tried.has(id));
  for (let some = await fresh(); some.length > 0; some = await fresh()) {
    for (const one of some) {
      if (one.account !== account) return; // another user has signed in meanwhile
      tried.add(one.id);
      try {
        await sendTransaction(one.bundle);
        await sent(one.id);
        attempts = 0;
      } catch (error) {
        const failure = failureOf(error);
        if (await failed(one, failure)) continue;
        again(failure.waitSeconds);
        await look();
        return;
      }
    }
  }
  if (state.failure) again(state.failure.waitSeconds);
}

let running: Promise<void> | undefined;
let wanted = false; // runs once more: an entry came after the run under way may have looked

/** Sends what waits, the oldest first; one window at a time. */
export function flush(): Promise<void> {
  wanted = running !== undefined;
  running ??= (async () => {
    const { failure: _, ...before } = state;
    state = { ...before, sending: true };
    tell({});
    try {
      // Without locks (an old browser) two windows may both send; the record takes one.
      if (navigator.locks) await navigator.locks.request('reprise-outbox', sendAll);
      else await sendAll();
    } catch (error) {
      tell({ failure: failureOf(error) });
      again(0);
    } finally {
      running = undefined;
      tell({ sending: false });
      if (wanted) void flush();
    }
  })();
  return running;
}

/** The device has no room for what should be kept. */
export class NoRoom extends Failure {
  constructor() {
    super('unexpected');
  }
}

/**
 * Keeps a result and sends it as soon as that is possible. Done when it is kept. `mustFit`: throws NoRoom instead of
 * keeping it as long as the page; nothing is sent then.
 */
export async function post(one: Omit<Unsent, 'account' | 'madeAt'>, { mustFit = false } = {}) {
  if (!account) throw new Failure('no-session');
  const whole: Unsent = { ...one, account, madeAt: new Date().toISOString() };
  try {
    await (await localStore()).putUnsent(whole);
  } catch {
    if (mustFit) throw new NoRoom();
    unsaved.set(whole.id, whole);
  }
  void look().then(flush);
}

/** After the local store was cleared. */
export async function forgetWaiting() {
  unsaved.clear();
  await look();
}

/** Sends at once, because the server knows the account again. */
export function sendNow() {
  attempts = 0;
  if (account) void flush();
}

/** Whose results are sent from now on. */
export function setSender(id: string | undefined) {
  account = id;
  if (id) sendNow();
  else {
    clearTimeout(timer);
    tell({ waiting: [], known: false });
  }
}

// The browser asks whether to leave; in the words of its own.
window.addEventListener('beforeunload', (event) => {
  if (state.fleeting && state.waiting.length > 0) event.preventDefault();
});
window.addEventListener('online', () => {
  if (account) void flush();
});
document.addEventListener('visibilitychange', () => {
  if (account && document.visibilityState === 'visible') void flush();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export const useOutbox = () => useSyncExternalStore(subscribe, () => state);
