// SPDX-License-Identifier: Apache-2.0
// The address of the page on screen: the browser's address is the only state. web/app/routes.tsx lists the pages.
import { useSyncExternalStore } from 'react';
import type { Role } from '../data/api.ts';

function subscribe(listener: () => void) {
  window.addEventListener('popstate', listener);
  return () => window.removeEventListener('popstate', listener);
}

export function usePath() {
  return useSyncExternalStore(subscribe, () => window.location.pathname);
}

/** Returns the search parameters as text: "?id=17". */
export function useSearch() {
  return useSyncExternalStore(subscribe, () => window.location.search);
}

/** Shows the page at an address. `replace`: "back" skips the page on screen. */
export function go(address: string, { replace = false } = {}) {
  window.history[replace ? 'replaceState' : 'pushState'](null, '', address);
  window.dispatchEvent(new PopStateEvent('popstate'));
}

const HOMES = { patient: '/today', clinician: '/worklist', administrator: '/administration' } as const;

/** Returns the first page of a role. */
export const home = (role: Role | undefined) => (role ? HOMES[role] : '/account');
