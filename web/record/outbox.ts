// Results on their way to the record. Each is kept on the device before it is sent and until the record has it; a result that is sent twice
// (the answer was lost, two windows) is in the record once, because its transaction says by which identifier it is known.
import { useSyncExternalStore } from 'react';
import { Failure, failureOf, sendTransaction } from '../source/api.ts';
import { shelf, type Unsent } from './kept.ts';

export interface OutboxState {
  /** Of the account that is signed in. */
  waiting: readonly Unsent[];
  sending: boolean;
  /** Why the last attempt ended. */
  failure?: Failure;
  /** The device keeps nothing, or had no room for the newest result: it is lost with the page. */
  fleeting: boolean;
}

const AGAIN_MS = [2_000, 5_000, 15_000, 60_000] as const;
/** Statuses that another attempt may change. */
const PASSING = new Set([0, 401, 403, 408, 409, 425, 429]);

let state: OutboxState = { waiting: [], sending: false, fleeting: false };
let account: string | undefined;
let attempts = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
// For which the device had no room.
const homeless = new Map<string, Unsent>();
const listeners = new Set<() => void>();

function tell(next: Partial<OutboxState>) {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

async function look() {
  const kept = await shelf();
  const waiting = [...await kept.unsent(), ...homeless.values()].filter((one) => one.account === account);
  tell({ waiting, fleeting: (!kept.lasting && waiting.length > 0) || homeless.size > 0 });
  return waiting;
}

async function sent(id: string) {
  homeless.delete(id);
  await (await shelf()).removeUnsent(id);
}

async function refuse(one: Unsent, status: number) {
  const refused = { ...one, refused: status };
  if (homeless.has(one.id)) homeless.set(one.id, refused);
  else await (await shelf()).putUnsent(refused);
}

const isOpen = ({ refused }: Unsent) => refused === undefined;

async function sendAll() {
  clearTimeout(timer);
  // Looked for anew after each: more may have been put there meanwhile.
  for (let one = (await look()).find(isOpen); one; one = (await look()).find(isOpen)) {
    try {
      await sendTransaction(one.bundle);
      await sent(one.id);
      attempts = 0;
    } catch (error) {
      const failure = failureOf(error);
      if (!PASSING.has(failure.status) && failure.status < 500) {
        await refuse(one, failure.status);
        continue;
      }
      tell({ failure });
      timer = setTimeout(() => { void flush(); }, Math.max(failure.waitSeconds * 1000, AGAIN_MS[Math.min(attempts, AGAIN_MS.length - 1)] ?? 60_000));
      attempts += 1;
      return;
    }
  }
}

let running: Promise<void> | undefined;
let askedAgain = false;

/** Sends what waits, the oldest first; one window at a time. */
export function flush(): Promise<void> {
  // What is asked for at its very end would be too late for it.
  askedAgain = running !== undefined;
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
    } finally {
      running = undefined;
      tell({ sending: false });
      if (askedAgain) void flush();
    }
  })();
  return running;
}

/** Keeps a result and sends it as soon as that is possible. Done when it is kept. */
export async function post(one: Omit<Unsent, 'account' | 'madeAt'>) {
  if (!account) throw new Failure('no-session');
  const whole: Unsent = { ...one, account, madeAt: new Date().toISOString() };
  try {
    await (await shelf()).putUnsent(whole);
  } catch {
    homeless.set(whole.id, whole);
  }
  await look();
  void flush();
}

/** After the device's shelf was cleared. */
export async function forgetWaiting() {
  homeless.clear();
  await look();
}

/** Whose results are sent from now on; told again when the server knows that account again, and sends at once. */
export function setSender(id: string | undefined) {
  account = id;
  attempts = 0;
  if (id) void flush();
  else {
    clearTimeout(timer);
    tell({ waiting: [] });
  }
}

document.addEventListener('visibilitychange', () => { if (account && document.visibilityState === 'visible') void flush(); });

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export const useOutbox = () => useSyncExternalStore(subscribe, () => state);
