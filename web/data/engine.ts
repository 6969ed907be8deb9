// SPDX-License-Identifier: Apache-2.0
// The engine on the page's own thread: programmes, results and figures. The camera's frames have a worker of their own
// (web/coach). What shows a programme is a small module of its own, so that a first visit need not wait for the rest.
import type { ProgrammeEngine, Reprise } from 'reprise-engine';
import { loadProgrammeEngine } from 'reprise-programme';
import { useEffect, useState } from 'react';
import { Failure } from './api.ts';
import { canRunEngine } from './webassembly.ts';

/** Loaded once; after a failure the next call tries again. */
function once<Engine>(load: () => Promise<Engine>) {
  let loading: Promise<Engine> | undefined;
  return {
    load(): Promise<Engine> {
      if (!canRunEngine()) return Promise.reject(new Failure('too-old'));
      loading ??= load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    },
    begun: () => loading !== undefined,
  };
}

const whole = once(async () => (await import('reprise-engine')).loadReprise());
const small = once(loadProgrammeEngine);

/** All of it. */
export const engine = (): Promise<Reprise> => whole.load();

/** What shows a programme: the small module, unless the page has the whole engine anyway. */
export const programmeEngine = (): Promise<ProgrammeEngine> => (whole.begun() ? whole.load() : small.load());

const AGAIN_MS = 3000;

function useOnceLoaded<Engine>(load: () => Promise<Engine>): Engine | undefined {
  const [loaded, setLoaded] = useState<Engine>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = () => {
      load().then(setLoaded, () => {
        timer = setTimeout(attempt, AGAIN_MS);
      });
    };
    attempt();
    return () => clearTimeout(timer);
  }, [load]);
  return loaded;
}

/** Nothing until it is loaded. */
export const useEngine = (): Reprise | undefined => useOnceLoaded(engine);
export const useProgrammeEngine = (): ProgrammeEngine | undefined => useOnceLoaded(programmeEngine);
