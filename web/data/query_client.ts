// SPDX-License-Identifier: Apache-2.0
// The one cache of what the pages have loaded: in memory only, and only as long as a page shows it.
import { focusManager, MutationCache, QueryCache, QueryClient, type QueryKey } from '@tanstack/react-query';
import { Failure } from './api.ts';

/** Logs unexpected errors, which are bugs. The page itself shows why the server refused. */
function logUnexpected(error: unknown) {
  if (!(error instanceof Failure)) console.error(error);
}

/**
 * Loads once each time that a page opens, and again only when the page asks for it: each read of a patient is an entry
 * in the audit log. Requests are tried without a network, too, because networkFirst then answers from the device.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: logUnexpected }),
  mutationCache: new MutationCache({ onError: logUnexpected }),
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', gcTime: 0 },
  },
});

/** Loads the shown data of these keys again, and of all keys that begin so. */
export const reload = (...keys: readonly QueryKey[]) =>
  Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })));

/** Options of a query that loads again at an interval while the page is in use, and when it comes to the front. */
export const polled = (intervalMs: number) => ({ refetchInterval: intervalMs, refetchOnWindowFocus: true }) as const;

/** An unused page must not poll: that would keep a login session open. */
const IN_USE_MS = 5 * 60_000;
const USES = ['pointermove', 'pointerdown', 'keydown', 'visibilitychange'] as const;

/** Stops polling where the page is hidden or was not used for five minutes; polling goes on with the next use. */
export function pollOnlyInUse() {
  focusManager.setEventListener((setFocused) => {
    let idle: ReturnType<typeof setTimeout> | undefined;
    const update = () => {
      clearTimeout(idle);
      const visible = document.visibilityState === 'visible';
      setFocused(visible);
      if (visible) idle = setTimeout(() => setFocused(false), IN_USE_MS);
    };
    update();
    for (const event of USES) window.addEventListener(event, update, { passive: true });
    return () => {
      clearTimeout(idle);
      for (const event of USES) window.removeEventListener(event, update);
    };
  });
}
