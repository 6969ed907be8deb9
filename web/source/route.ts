// Which page is shown. The browser's address is the only state.
import { useSyncExternalStore } from 'react';

export const ROUTES = ['/sign-in', '/invitation', '/account', '/people', '/break-glass'] as const;
export type Route = (typeof ROUTES)[number];

export const isRoute = (path: string | null): path is Route => (ROUTES as readonly (string | null)[]).includes(path);

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

export function usePath() {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** `replace`: "back" does not lead to the page that is left. */
export function go(address: string, { replace = false } = {}) {
  window.history[replace ? 'replaceState' : 'pushState'](null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

/** The page from which somebody was sent to sign in. */
export function routeAfterSignIn(): Route {
  const next = new URLSearchParams(window.location.search).get('next');
  return isRoute(next) ? next : '/account';
}
