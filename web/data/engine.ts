// SPDX-License-Identifier: Apache-2.0
// The engine on the page's own thread: programmes, results and figures. The camera's frames have a worker of their own
// (web/coach).
import { loadReprise, type Reprise } from 'reprise-engine';
import { useEffect, useState } from 'react';
import { Failure } from './api.ts';
import { canRunEngine } from './webassembly.ts';

let loading: Promise<Reprise> | undefined;

/** Loaded once; after a failure the next call tries again. */
export function engine(): Promise<Reprise> {
  if (!canRunEngine()) return Promise.reject(new Failure('too-old'));
  loading ??= loadReprise().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

const AGAIN_MS = 3000;

/** Nothing until it is loaded. */
export function useEngine(): Reprise | undefined {
  const [loaded, setLoaded] = useState<Reprise>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = () => {
      engine().then(setLoaded, () => {
        timer = setTimeout(attempt, AGAIN_MS);
      });
    };
    attempt();
    return () => clearTimeout(timer);
  }, []);
  return loaded;
}
