// SPDX-License-Identifier: Apache-2.0
// The page's side of clips for a test: looks at a file picture by picture, and measures when all are seen.

import { proxy, transfer } from 'comlink';
import type { WorkLoadRequest, WorkLoadResult } from 'reprise-engine';
import { canRunEngine } from '../data/webassembly.ts';
import type { ClipLook, ClipMeasured, ClipRequest, ClipWorker } from './clip_worker.ts';
import { OnPage } from './on_page.ts';
import { CoachFailure, type OnProgress } from './types.ts';
import { picturesOf, type VideoFile } from './video_file.ts';

export type { ClipLook, ClipMeasured, ClipRequest } from './clip_worker.ts';

export interface ClipReader {
  /** Forgets the clips so far. */
  begin(): Promise<void>;
  /**
   * Looks at all of a file; `onLook` gets each picture's points and the share that is done. Returns how many clips
   * there are; one that was stopped does not count.
   */
  look(file: VideoFile, name: string, onLook: (look: ClipLook, share: number) => void): Promise<number>;
  /** Ends `look` at the next picture. */
  stop(): void;
  measure(request: ClipRequest): Promise<ClipMeasured>;
  /** Scores load at work in the last clip; soon again with other answers. */
  workLoad(request: WorkLoadRequest): Promise<ClipMeasured<WorkLoadResult>>;
  /** Ends the worker and frees its memory. */
  close(): void;
}

class ClipsOnPage implements ClipReader {
  private readonly worker = new OnPage<ClipWorker>(
    new Worker(new URL('./clip_worker.ts', import.meta.url), { type: 'module', name: 'clips' }),
  );
  private readonly remote = this.worker.remote;
  private turn = 0;

  open(onProgress: OnProgress) {
    return this.worker.answered(() => this.remote.open(proxy(onProgress)));
  }

  begin() {
    return this.worker.answered(() => this.remote.begin());
  }

  async look(file: VideoFile, name: string, onLook: (look: ClipLook, share: number) => void): Promise<number> {
    this.turn += 1;
    const { turn } = this;
    await this.worker.answered(() => this.remote.beginClip());
    for await (const { picture, time_s } of picturesOf(file)) {
      if (this.turn !== turn || this.worker.ended) {
        picture.close();
        throw this.worker.ended ?? new CoachFailure('unexpected', 'the clip was stopped');
      }
      const look = await this.worker.answered(() => this.remote.show(transfer(picture, [picture]), time_s));
      onLook(look, Math.min(1, time_s / file.duration_s));
    }
    return this.worker.answered(() => this.remote.endClip(name));
  }

  stop() {
    this.turn += 1;
  }

  measure(request: ClipRequest) {
    return this.worker.answered(() => this.remote.measure(request));
  }

  workLoad(request: WorkLoadRequest) {
    return this.worker.answered(() => this.remote.workLoad(request));
  }

  close() {
    this.stop();
    this.worker.end(new CoachFailure('unexpected', 'the clips were closed'));
  }
}

/** Loads programs and networks, all from here. Fails with a CoachFailure. */
export async function openClips(onProgress: OnProgress): Promise<ClipReader> {
  if (!canRunEngine()) throw new CoachFailure('no-simd', 'this browser lacks parts of WebAssembly');
  const clips = new ClipsOnPage();
  try {
    await clips.open(onProgress);
    return clips;
  } catch (error) {
    clips.close();
    throw error;
  }
}
