// SPDX-License-Identifier: Apache-2.0
// Who is signed in, for all pages of this window.
import { useSyncExternalStore } from 'react';
import { forgetFilms } from './kept_films.ts';
import { closeLocalStore, localStore, localStoreNow } from './local_store.ts';
import { forgetOpened, lockDevice, openDevice } from './locked.ts';
import { ask, Failure, failureOf, lastAsked, onOtherSession, setAuthor, setCsrf, type Session } from './api.ts';
import { sendNow } from './outbox.ts';
import { asShown } from './own_name.ts';
import { queryClient } from './query_client.ts';

export type Known = { session: Session } | { failure: Failure } | undefined;

/** Browsers fire a timer of more than 24 days at once. */
const LONGEST_TIMER_MS = 86_400_000;

let known: Known;
let ended = false;
let lapsed = false;
let idle: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tell(next: Known) {
  known = next;
  setAuthor(next && 'session' in next ? next.session.account : undefined);
  for (const listener of listeners) listener();
}

// An idle device must not go on showing its page, so the server is asked after the idle timeout. An earlier request
// would itself extend the login session.
function watchIdle({ stage, idleSeconds }: Session) {
  clearTimeout(idle);
  if (stage === 'none' || !idleSeconds) return;
  const look = () => {
    const left = lastAsked() + (idleSeconds + 1) * 1000 - Date.now();
    if (left > 0) idle = setTimeout(look, Math.min(left, LONGEST_TIMER_MS));
    else void loadSession();
  };
  look();
}

// Without a network, and in the midst of a set, a patient goes on as who signed in last on this device: the results
// wait until the server knows the patient again.
const ME = 'me';
// The user signed out while the server was unreachable. The server's login session is ended once it can be reached.
const LEFT = 'signed-out';

async function rememberMe({ stage, account }: Session) {
  const kept = await localStore();
  if (stage !== 'none') await kept.removeValue(LEFT);
  if (stage === 'full' && account?.role === 'patient') await kept.putValue(ME, account);
}

async function me(): Promise<Session | undefined> {
  const account = await (await localStore()).value<NonNullable<Session['account']>>(ME);
  return account && { stage: 'full', account };
}

const otherWindows = 'BroadcastChannel' in window ? new BroadcastChannel('reprise-signed-out') : undefined;

/** What of the server's session is left once the page has been left. */
async function endLeft(session: Session): Promise<Session> {
  const device = await localStoreNow();
  if (!(await device.value<boolean>(LEFT))) return session;
  setCsrf(session.csrf);
  if (session.stage !== 'none') await ask('DELETE', 'session');
  await device.removeValue(LEFT);
  return { stage: 'none' };
}

// Exercises that are on the screen.
let exercises = 0;

/** Keeps the exercise on the screen, even if the login session ends. The function returned releases it. */
export function holdScreen(): () => void {
  exercises += 1;
  return () => {
    exercises -= 1;
  };
}

/** Whether the server does not know the session any more that is still shown. */
export const hasLapsed = () => lapsed;

const accountOf = (one: Known) => (one && 'session' in one ? one.session.account?.id : undefined);
const tokenOf = (one: Known) => (one && 'session' in one ? one.session.csrf : undefined);
const stageOf = (one: Known) => (one && 'session' in one ? one.session.stage : 'none');

/** Returns whether a login session ended here without a sign-out. */
export const hasEnded = () => ended;

export function setSession(given: Session, { chosen = false } = {}) {
  const session = asShown(given);
  setCsrf(session.csrf);
  watchIdle(session);
  if (session.stage !== 'none' || chosen) ended = false;
  else if (stageOf(known) === 'full') ended = true;
  // Before the pages read the local store.
  if (session.stage === 'full' && session.account) openDevice(session.account.id, session.deviceKey);
  const another = accountOf(known) !== session.account?.id;
  const anew = tokenOf(known) !== session.csrf;
  tell({ session });
  // Nothing that one account has loaded is there for the next.
  if (another) queryClient.clear();
  else if (anew) sendNow();
  rememberMe(session).catch(() => {});
}

/** Asks the server who this is; says why that is not known. */
export async function loadSession(): Promise<Failure | undefined> {
  try {
    const session = await endLeft(await ask<Session>('GET', 'session'));
    if (session.stage === 'none' && exercises > 0 && stageOf(known) === 'full') {
      lapsed = true;
      return new Failure('no-session', 0, 401);
    }
    lapsed = false;
    setSession(session);
    return undefined;
  } catch (error) {
    const failure = failureOf(error);
    // Whatever ails the server is no reason to take the exercise away.
    if (exercises > 0 && stageOf(known) === 'full') {
      lapsed = true;
      return failure;
    }
    // A server that is down may have a proxy before it that says so.
    const away = failure.code === 'unreachable' || failure.status >= 500;
    const before = away ? await me().catch(() => undefined) : undefined;
    lapsed = before !== undefined;
    tell(before ? { session: before } : { failure });
    return failure;
  }
}

function left() {
  setCsrf(undefined);
  forgetOpened();
  setSession({ stage: 'none' }, { chosen: true });
}

/**
 * Leaves nothing on the device but what exists nowhere else, locked. Works without the server, too, which is told as
 * soon as it can be reached.
 */
export async function signOut() {
  const device = await localStoreNow();
  // Signing out works even if the device's store fails. Before a full sign-in the account has no data here.
  if (stageOf(known) === 'full')
    await lockDevice().catch((error: unknown) => {
      console.error(error);
    });
  await device.change({ values: [{ key: LEFT, value: true }] }).catch(() => {});
  await forgetFilms().catch(() => {});
  // Where that fails, it is done at the next answer of the server (endLeft).
  await ask('DELETE', 'session').then(
    () => device.removeValue(LEFT),
    () => {},
  );
  otherWindows?.postMessage('');
  left();
}

otherWindows?.addEventListener('message', () => {
  closeLocalStore();
  left();
});

onOtherSession(loadSession);
window.addEventListener('online', () => {
  void loadSession();
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Nothing before the server has answered. */
export function useKnownSession(): Known {
  return useSyncExternalStore(subscribe, () => known);
}

/** Returns the signed-in account. Only for pages shown after sign-in; throws otherwise. */
export function useAccount() {
  const now = useKnownSession();
  if (!now || !('session' in now) || !now.session.account) throw new Error('no user has signed in');
  return { session: now.session, account: now.session.account };
}
