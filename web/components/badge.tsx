// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';

export type Tone = 'good' | 'careful' | 'bad' | 'plain';

/** Shows a state in a word or two. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="mark" data-tone={tone}>
      {children}
    </span>
  );
}
