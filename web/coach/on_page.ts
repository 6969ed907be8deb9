// SPDX-License-Identifier: Apache-2.0
// The page's side of a worker: its calls fail with a CoachFailure, also where the worker ends.

import { wrap, type Remote } from 'comlink';
import { CoachFailure, type CoachFailureCode } from './types.ts';

const failureOf = ({ name, message }: Error) => new CoachFailure(name as CoachFailureCode, message);

export class OnPage<W> {
  readonly remote: Remote<W>;
  /** Rejects the calls under way: a worker that ends does not answer. */
  private readonly rejects = new Set<(failure: CoachFailure) => void>();
  ended: CoachFailure | undefined;

  constructor(private readonly worker: Worker) {
    this.remote = wrap<W>(worker);
    // Without a message the worker's own file did not come.
    worker.onerror = ({ message }) => {
      this.end(new CoachFailure(message ? 'unexpected' : 'unreachable', message || 'the worker did not start'));
    };
    worker.onmessageerror = () => {
      this.end(new CoachFailure('unexpected', 'an answer cannot be read'));
    };
  }

  end(failure: CoachFailure) {
    this.worker.terminate();
    this.ended ??= failure;
    for (const reject of this.rejects) reject(failure);
    this.rejects.clear();
  }

  answered<T>(call: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.rejects.add(reject);
      call()
        .then(resolve)
        .catch((error: Error) => reject(failureOf(error)))
        .finally(() => this.rejects.delete(reject));
    });
  }
}
