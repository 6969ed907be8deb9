// SPDX-License-Identifier: Apache-2.0
// The coach's side of recognition. Where it fails, for want of memory perhaps, a set goes on without a second opinion.

import { wrap } from 'comlink';
import type { Frame } from 'reprise-engine';
import type { RecognitionWorker } from './recognition_worker.ts';

/** Frames nearer to the one before add nothing to recognition. */
const LEAST_APART_S = 0.045;

export class Recognition {
  /** In its last looks the movement was not the exercise of the set. */
  looksLikeOther = false;
  private readonly worker = new Worker(new URL('./recognition_worker.ts', import.meta.url), {
    type: 'module',
    name: 'recognition',
  });
  private readonly remote = wrap<RecognitionWorker>(this.worker);
  private works = true;
  private set = 0;
  private last_s = -Infinity;

  constructor() {
    this.worker.onerror = () => this.end();
  }

  private end() {
    this.works = this.looksLikeOther = false;
    this.worker.terminate();
  }

  begin(exerciseJson: string) {
    this.looksLikeOther = false;
    this.set += 1;
    this.last_s = -Infinity;
    if (this.works) this.remote.begin(exerciseJson).catch(() => this.end());
  }

  show({ time_s, world_m, visibility }: Frame) {
    if (!this.works || time_s - this.last_s < LEAST_APART_S) return;
    this.last_s = time_s;
    const { set } = this;
    this.remote.step({ time_s, ...(world_m && { world_m }), ...(visibility && { visibility }) }).then(
      (found) => {
        if (found && set === this.set) this.looksLikeOther = found.other;
      },
      () => this.end(),
    );
  }
}
