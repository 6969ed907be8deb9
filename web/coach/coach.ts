// SPDX-License-Identifier: Apache-2.0
// The page's side of the coach.

import { proxy, transfer, wrap } from 'comlink';
import type { CoachOptions, RangeTrialsFound } from 'reprise-engine';
import { canRunEngine } from '../data/webassembly.ts';
import { sharedNow } from './shared_clock.ts';
import type { Answer, CoachWorker } from './coach_worker.ts';
import {
  CoachFailure,
  type CoachFailureCode,
  type CoachInBrowser,
  type Documented,
  type DocumentOptions,
  type Finished,
  type FinishOptions,
  type Look,
  type Model,
  type OnProgress,
  type OpenOptions,
  type PhotoLook,
  type RangeOptions,
} from './types.ts';

export * from './types.ts';

const failureOf = ({ name, message }: Error) => new CoachFailure(name as CoachFailureCode, message);

class CoachOnPage implements CoachInBrowser {
  model: Model = 'lite';
  private readonly worker = new Worker(new URL('./coach_worker.ts', import.meta.url), {
    type: 'module',
    name: 'coach',
  });
  private readonly remote = wrap<CoachWorker>(this.worker);
  /** Rejects the calls under way: a worker that ends does not answer. */
  private readonly rejects = new Set<(failure: CoachFailure) => void>();
  private looking = false;
  private ended: CoachFailure | undefined;

  constructor() {
    // Without a message the worker's own file did not come.
    this.worker.onerror = ({ message }) => {
      this.end(new CoachFailure(message ? 'unexpected' : 'unreachable', message || 'the worker did not start'));
    };
    this.worker.onmessageerror = () => {
      this.end(new CoachFailure('unexpected', 'an answer cannot be read'));
    };
  }

  private end(failure: CoachFailure) {
    this.worker.terminate();
    this.ended ??= failure;
    for (const reject of this.rejects) reject(failure);
    this.rejects.clear();
  }

  private answered<T>(call: () => Promise<Answer<T>>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.rejects.add(reject);
      call()
        .then(({ model, value }) => {
          this.model = model;
          resolve(value);
        })
        .catch((error: Error) => reject(failureOf(error)))
        .finally(() => this.rejects.delete(reject));
    });
  }

  open(model: Model | 'auto', simulated: boolean, onProgress: OnProgress) {
    return this.answered(() => this.remote.open(model, simulated, proxy(onProgress)));
  }

  prepare(exercise: string, { side }: { side?: 'left' | 'right' }) {
    return this.answered(() => this.remote.prepare(exercise, side));
  }

  begin(exercise: string, options: CoachOptions) {
    return this.answered(() => this.remote.begin(exercise, options));
  }

  async show(picture: VideoFrame | ImageBitmap, time_s: number): Promise<Look | undefined> {
    if (this.looking || this.ended) {
      picture.close();
      if (this.ended) throw this.ended;
      return undefined;
    }
    this.looking = true;
    try {
      return await this.answered(() => this.remote.show(transfer(picture, [picture]), time_s, sharedNow()));
    } finally {
      this.looking = false;
    }
  }

  photo(picture: ImageBitmap, person: number): Promise<PhotoLook> {
    return this.answered(() => this.remote.photo(transfer(picture, [picture]), person));
  }

  finish(options: FinishOptions): Promise<Finished> {
    return this.answered(() => this.remote.finish(options));
  }

  prepareRange(exercise: string, range: RangeOptions) {
    return this.answered(() => this.remote.prepareRange(exercise, range));
  }

  beginRange(exercise: string, range: RangeOptions) {
    return this.answered(() => this.remote.beginRange(exercise, range));
  }

  finishRange(options: DocumentOptions & { passive: boolean }): Promise<RangeTrialsFound> {
    return this.answered(() => this.remote.finishRange(options));
  }

  finishAsDocument(options: DocumentOptions): Promise<Documented> {
    return this.answered(() => this.remote.finishAsDocument(options));
  }

  close() {
    this.end(new CoachFailure('unexpected', 'the coach was closed'));
  }
}

/** Loads the coach: programs and networks, all from here. Fails with a CoachFailure. */
export async function openCoach({
  model = 'auto',
  simulated = false,
  onProgress = () => {},
}: OpenOptions = {}): Promise<CoachInBrowser> {
  if (!canRunEngine()) throw new CoachFailure('no-simd', 'this browser lacks parts of WebAssembly');
  const coach = new CoachOnPage();
  try {
    await coach.open(model, simulated, onProgress);
    return coach;
  } catch (error) {
    coach.close();
    throw error;
  }
}
