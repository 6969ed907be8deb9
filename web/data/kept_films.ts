// SPDX-License-Identifier: Apache-2.0
// The films of exercises on this device: web/offline/service_worker.ts keeps them.

const CACHE = 'reprise-films';

/** Removes them from the device. */
export const forgetFilms = async () => {
  if ('caches' in globalThis) await caches.delete(CACHE);
};
