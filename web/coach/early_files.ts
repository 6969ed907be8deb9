// SPDX-License-Identifier: Apache-2.0
// What the camera's coach needs is fetched while the patient reads what to do, so that fewer wait for it in front of
// the camera: the whole engine (the pages before have a part of it), then LiteRT and the networks.

import programUrl from '@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url';
import { useEffect } from 'react';
// As the coach's worker and games have it.
import engineUrl from '../../build/wasm/module/reprise_engine.wasm?url';
import { NETWORK_FILES } from './files.ts';

/** The page's own pictures and the person who shows the exercise come first. */
const AFTER_MS = 2000;

/** Whether the device wants to save data: then nothing is fetched that may not be needed. */
const savesData = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** Leaves it to the service worker, or to the browser, to keep it. An error is the coach's to report. */
async function fetchAhead(url: string) {
  if (await caches.match(url)) return;
  const response = await fetch(url, { priority: 'low' });
  await response.arrayBuffer();
}

/** `model`: that of the preferences; the coach tries the smaller network first. */
export function useEarlyFiles(wanted: boolean, model: 'auto' | 'lite' | 'full') {
  useEffect(() => {
    // Without HTTPS there is no camera either.
    if (!wanted || savesData() || !('caches' in globalThis)) return undefined;
    const urls = [
      engineUrl,
      NETWORK_FILES.detector.url,
      NETWORK_FILES[model === 'full' ? 'full' : 'lite'].url,
      programUrl,
    ];
    const timer = setTimeout(() => {
      for (const url of urls) fetchAhead(url).catch(() => {});
    }, AFTER_MS);
    // What has begun goes on: the coach, or another exercise, will want it.
    return () => clearTimeout(timer);
  }, [wanted, model]);
}
