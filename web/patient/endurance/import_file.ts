// SPDX-License-Identifier: Apache-2.0
import { proxy, wrap } from 'comlink';
import type { Imported, ImportWorker } from './import_worker.ts';

export interface Reading {
  result: Promise<Imported>;
  /** Ends it at once; `result` is never settled then. */
  cancel: () => void;
}

/** Reads the heart rates of a file in a worker of its own. `range`: seconds since 1970. */
export function readHeartRates(
  file: Blob,
  range: { from_s: number; to_s: number },
  onProgress: (share: number) => void,
): Reading {
  const worker = new Worker(new URL('./import_worker.ts', import.meta.url), { type: 'module', name: 'import' });
  const remote = wrap<ImportWorker>(worker);
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = () => reject(new Error('the worker ended'));
  });
  const result = Promise.race([remote.read(file, range, proxy(onProgress)), failed]).finally(() => worker.terminate());
  return { result, cancel: () => worker.terminate() };
}
