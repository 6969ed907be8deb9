// SPDX-License-Identifier: Apache-2.0
import type { Accepting } from '../assess/accept.ts';

/** What the page does with a result. */
export interface Keep {
  busy: boolean;
  failure: Error | null;
  onAccept: (accepted: Accepting) => void;
  /** Something new begins. */
  onBegin: () => void;
}
