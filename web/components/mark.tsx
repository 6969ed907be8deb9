import type { ReactNode } from 'react';

type Tone = 'good' | 'careful' | 'bad' | 'plain';

/** A word about the state of something. */
export function Mark({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="mark" data-tone={tone}>
      {children}
    </span>
  );
}

/**
 * Something to know before going on. `role`: read out when it appears, at once (alert) or after what is being read
 * (status).
 */
export function Notice({ tone, role, children }: { tone: Tone; role?: 'alert' | 'status'; children: ReactNode }) {
  return (
    <div className="notice" data-tone={tone} role={role}>
      {children}
    </div>
  );
}
