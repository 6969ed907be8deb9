// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import type { Tone } from './badge.tsx';

/**
 * Shows a message. `role`: a screen reader announces it at once (alert) or after the current sentence (status).
 */
export function Alert({ tone, role, children }: { tone: Tone; role?: 'alert' | 'status'; children: ReactNode }) {
  return (
    <div className="notice" data-tone={tone} role={role}>
      {children}
    </div>
  );
}
