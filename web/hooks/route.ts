// Which page is shown. The browser's address is the only state.
import { useSyncExternalStore } from 'react';
import type { Role } from '../data/api.ts';

export const ROUTES = [
  '/sign-in',
  '/invitation',
  '/today',
  '/session',
  '/questions',
  '/messages',
  '/learn',
  '/progress',
  '/settings',
  '/account',
  '/worklist',
  '/people',
  '/patient',
  '/programme',
  '/exercise',
  '/new-patient',
  '/rules',
  '/remote-monitoring',
  '/emergency-access',
  '/break-glass', // the former address of /emergency-access
  '/calendar',
  '/book',
  '/administration',
  '/visit',
] as const;
export type Route = (typeof ROUTES)[number];

export const isRoute = (path: string | null): path is Route => (ROUTES as readonly (string | null)[]).includes(path);

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

export function usePath() {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** What the address says behind the "?". */
export function useSearch() {
  return useSyncExternalStore(subscribe, () => window.location.search);
}

/** Whether it may be the id of a resource. */
export const isId = (text: string | null): text is string => text !== null && /^[A-Za-z0-9.-]{1,64}$/.test(text);

/** `replace`: "back" does not lead to the page that is left. */
export function go(address: string, { replace = false } = {}) {
  window.history[replace ? 'replaceState' : 'pushState'](null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** Where somebody begins. */
export const home = (role: Role | undefined): Route =>
  role === 'patient'
    ? '/today'
    : role === 'clinician'
      ? '/worklist'
      : role === 'administrator'
        ? '/administration'
        : '/account';

/** The page from which somebody was sent to sign in, with what it showed. */
export function routeAfterSignIn(role: Role | undefined): string {
  const next = new URLSearchParams(window.location.search).get('next');
  return next !== null && isRoute(next.replace(/\?.*$/, '')) ? next : home(role);
}
