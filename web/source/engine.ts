// The engine on the page's own thread: programmes, results and figures. The camera's frames have a worker of their own (web/coach).
import { loadReprise, type Reprise } from 'reprise-engine';
import { useEffect, useState } from 'react';

let loading: Promise<Reprise> | undefined;

/** Loaded once; after a failure the next call tries again. */
export function engine(): Promise<Reprise> {
  loading ??= loadReprise().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Nothing until it is loaded. */
export function useEngine(): Reprise | undefined {
  const [loaded, setLoaded] = useState<Reprise>();
  useEffect(() => { engine().then(setLoaded, () => {}); }, []);
  return loaded;
}
