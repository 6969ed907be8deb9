// SPDX-License-Identifier: Apache-2.0
// The page's side of watching a treatment: the camera's pictures, or those of a file, go to the worker one by one.

import { proxy, transfer } from 'comlink';
import type { MeasuredResult, VisitWatchOptions } from 'reprise-engine';
import { canRunEngine } from '../data/webassembly.ts';
import { OnPage } from './on_page.ts';
import { CoachFailure, type OnProgress, type VisitLook } from './types.ts';
import type { AcceptOptions, VisitFound, VisitWorker } from './visit_worker.ts';

export type { AcceptOptions, VisitFound } from './visit_worker.ts';

export interface VisitInBrowser {
  /** Forgets the pictures so far. */
  begin(options: VisitWatchOptions, simulated: boolean): Promise<void>;
  /** Looks at a picture, which is closed afterwards. `trial`: before the visit, while a better network may be tried. */
  show(picture: VideoFrame | ImageBitmap, time_s: number, trial: boolean): Promise<VisitLook>;
  pause(): Promise<void>;
  /** The movements up to now; `last_s`: of the last seconds alone. */
  findings(last_s?: number): Promise<VisitFound>;
  /** Sums up proposals of the last `findings` of the whole visit. */
  accept(options: AcceptOptions): Promise<MeasuredResult>;
  /** Ends the worker and frees its memory. */
  close(): void;
}

class VisitOnPage implements VisitInBrowser {
  private readonly worker = new OnPage<VisitWorker>(
    new Worker(new URL('./visit_worker.ts', import.meta.url), { type: 'module', name: 'visit' }),
  );
  private readonly remote = this.worker.remote;

  open(live: boolean, onProgress: OnProgress) {
    return this.worker.answered(() => this.remote.open(live, proxy(onProgress)));
  }

  begin(options: VisitWatchOptions, simulated: boolean) {
    return this.worker.answered(() => this.remote.begin(options, simulated));
  }

  show(picture: VideoFrame | ImageBitmap, time_s: number, trial: boolean) {
    return this.worker.answered(() => this.remote.show(transfer(picture, [picture]), time_s, trial));
  }

  pause() {
    return this.worker.answered(() => this.remote.pause());
  }

  findings(last_s?: number) {
    return this.worker.answered(() => this.remote.findings(last_s));
  }

  accept(options: AcceptOptions) {
    return this.worker.answered(() => this.remote.accept(options));
  }

  close() {
    this.worker.end(new CoachFailure('unexpected', 'the visit was closed'));
  }
}

/**
 * Loads programs and networks, all from here: the small network for a camera's pictures as they come (`live`), the
 * largest for a file. Fails with a CoachFailure.
 */
export async function openVisit(live: boolean, onProgress: OnProgress): Promise<VisitInBrowser> {
  if (!canRunEngine()) throw new CoachFailure('no-simd', 'this browser lacks parts of WebAssembly');
  const visit = new VisitOnPage();
  try {
    await visit.open(live, onProgress);
    return visit;
  } catch (error) {
    visit.close();
    throw error;
  }
}
