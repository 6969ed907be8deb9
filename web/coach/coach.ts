// The page's side of the coach.

import type { CoachOptions } from 'reprise-engine';
import { canRunEngine } from '../data/webassembly.ts';
import { sharedNow, type Answer, type Value, type Work } from './messages.ts';
import {
  CoachFailure,
  type CoachInBrowser,
  type Finished,
  type FinishOptions,
  type Look,
  type Model,
  type OpenOptions,
} from './types.ts';

export * from './types.ts';

interface Waiting {
  resolve(value: Value): void;
  reject(failure: CoachFailure): void;
}

class CoachOnPage implements CoachInBrowser {
  model: Model = 'lite';
  private readonly worker = new Worker(new URL('./coach_worker.ts', import.meta.url), {
    type: 'module',
    name: 'coach',
  });
  private readonly waiting = new Map<number, Waiting>();
  private requests = 0;
  private looking = false;
  private ended: CoachFailure | undefined;

  constructor(private readonly onProgress: NonNullable<OpenOptions['onProgress']>) {
    this.worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      this.take(data);
    };
    // Without a message the worker's own file did not come.
    this.worker.onerror = ({ message }) => {
      this.end(new CoachFailure(message ? 'unexpected' : 'unreachable', message || 'the worker did not start'));
    };
    this.worker.onmessageerror = () => {
      this.end(new CoachFailure('unexpected', 'an answer cannot be read'));
    };
  }

  private take(answer: Answer) {
    if ('progress' in answer) return this.onProgress(answer.progress, answer.what);
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if ('failure' in answer) return waiting?.reject(new CoachFailure(answer.failure.code, answer.failure.message));
    this.model = answer.model;
    waiting?.resolve(answer.value);
  }

  private end(failure: CoachFailure) {
    this.worker.terminate();
    this.ended ??= failure;
    for (const { reject } of this.waiting.values()) reject(failure);
    this.waiting.clear();
  }

  private ask(work: Work, transfer: Transferable[] = []): Promise<Value> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.requests += 1;
      this.waiting.set(this.requests, { resolve, reject });
      this.worker.postMessage({ ...work, id: this.requests }, transfer);
    });
  }

  async open(model: Model | 'auto', simulated: boolean) {
    await this.ask({ do: 'open', model, simulated });
  }

  async prepare(exercise: string, { side }: { side?: 'left' | 'right' }) {
    await this.ask({ do: 'prepare', exercise, ...(side && { side }) });
  }

  async begin(exercise: string, options: CoachOptions) {
    await this.ask({ do: 'begin', exercise, options });
  }

  async show(picture: VideoFrame | ImageBitmap, time_s: number): Promise<Look | undefined> {
    if (this.looking || this.ended) {
      picture.close();
      if (this.ended) throw this.ended;
      return undefined;
    }
    this.looking = true;
    try {
      return (await this.ask({ do: 'show', picture, time_s, sent_ms: sharedNow() }, [picture])) as Look | undefined;
    } finally {
      this.looking = false;
    }
  }

  async finish(options: FinishOptions): Promise<Finished> {
    return (await this.ask({ do: 'finish', options })) as Finished;
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
  const coach = new CoachOnPage(onProgress);
  try {
    await coach.open(model, simulated);
    return coach;
  } catch (error) {
    coach.close();
    throw error;
  }
}
