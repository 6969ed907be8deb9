// Who is signed in, for all pages of this window.
import { useSyncExternalStore } from 'react';
import { ask, failureOf, lastAsked, onOtherSession, setCsrf, type Failure, type Session } from './api.ts';

export type Known = { session: Session } | { failure: Failure } | undefined;

let known: Known;
let ended = false;
let idle: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function tell(next: Known) {
  known = next;
  for (const listener of listeners) listener();
}

// What was on the screen must not stay there when nobody uses it: the server is asked once the session has ended for want of requests. Not
// before, because asking is a request, too.
function watchIdle({ stage, idleSeconds }: Session) {
  clearTimeout(idle);
  if (stage === 'none' || !idleSeconds) return;
  const look = () => {
    const left = lastAsked() + (idleSeconds + 1) * 1000 - Date.now();
    if (left > 0) idle = setTimeout(look, left);
    else void loadSession();
  };
  look();
}

const stageOf = (one: Known) => (one && 'session' in one ? one.session.stage : 'none');

/** Whether somebody had signed in here whose session is over, though nobody signed out. */
export const hasEnded = () => ended;

export function setSession(session: Session, { chosen = false } = {}) {
  setCsrf(session.csrf);
  watchIdle(session);
  if (session.stage !== 'none' || chosen) ended = false;
  else if (stageOf(known) === 'full') ended = true;
  tell({ session });
}

export async function loadSession() {
  try {
    setSession(await ask<Session>('GET', 'session'));
  } catch (error) {
    tell({ failure: failureOf(error) });
  }
}

export async function signOut() {
  await ask('DELETE', 'session');
  setSession({ stage: 'none' }, { chosen: true });
}

onOtherSession(() => { void loadSession(); });

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

/** Nothing before the server has answered. */
export function useKnownSession(): Known {
  return useSyncExternalStore(subscribe, () => known);
}

/** Of a page that is shown only when somebody has signed in. */
export function useAccount() {
  const now = useKnownSession();
  if (!now || !('session' in now) || !now.session.account) throw new Error('nobody has signed in');
  return { session: now.session, account: now.session.account };
}
