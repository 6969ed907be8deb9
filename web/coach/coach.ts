// SPDX-License-Identifier: Apache-2.0
// The page's side of the coach.

import { proxy, transfer } from 'comlink';
import type { CoachOptions, MeasuredResult, RangeTrialsFound } from 'reprise-engine';
import { canRunEngine } from '../data/webassembly.ts';
import { OnPage } from './on_page.ts';
import { sharedNow } from './shared_clock.ts';
import type { Answer, CoachWorker } from './coach_worker.ts';
import {
  CoachFailure,
  type CoachInBrowser,
  type CountedOptions,
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
  type SetReplay,
  type ShowOptions,
} from './types.ts';

export * from './types.ts';

class CoachOnPage implements CoachInBrowser {
  model: Model = 'lite';
  private readonly worker = new OnPage<CoachWorker>(
    new Worker(new URL('./coach_worker.ts', import.meta.url), { type: 'module', name: 'coach' }),
  );
  private readonly remote = this.worker.remote;
  private looking = false;

  private answered<T>(call: () => Promise<Answer<T>>): Promise<T> {
    return this.worker.answered(call).then(({ model, value }) => {
      this.model = model;
      return value;
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

  async show(picture: VideoFrame | ImageBitmap, time_s: number, options?: ShowOptions): Promise<Look | undefined> {
    const { ended } = this.worker;
    if (this.looking || ended) {
      picture.close();
      if (ended) throw ended;
      return undefined;
    }
    this.looking = true;
    try {
      return await this.answered(() => this.remote.show(transfer(picture, [picture]), time_s, sharedNow(), options));
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

  replay(): Promise<SetReplay | undefined> {
    return this.answered(() => this.remote.replay());
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

  beginCounted(exercise: string) {
    return this.answered(() => this.remote.beginCounted(exercise));
  }

  finishCounted(options: CountedOptions): Promise<MeasuredResult | undefined> {
    return this.answered(() => this.remote.finishCounted(options));
  }

  finishAsDocument(options: DocumentOptions): Promise<Documented> {
    return this.answered(() => this.remote.finishAsDocument(options));
  }

  close() {
    this.worker.end(new CoachFailure('unexpected', 'the coach was closed'));
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
