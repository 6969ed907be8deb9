// SPDX-License-Identifier: Apache-2.0
import { Icon } from '../../design/icons.tsx';

const RADIUS = 26;
const AROUND = 2 * Math.PI * RADIUS;

/** How many of today's exercises are done; `label` says so to readers of screens. */
export function DayRing({ done, of, label }: { done: number; of: number; label: string }) {
  const share = of === 0 ? 0 : Math.min(1, done / of);
  return (
    <div className="day-ring" data-whole={share === 1 || undefined} role="img" aria-label={label}>
      <svg viewBox="0 0 64 64" aria-hidden="true">
        <circle className="ring-ground" cx="32" cy="32" r={RADIUS} />
        <circle
          className="ring-done"
          cx="32"
          cy="32"
          r={RADIUS}
          strokeDasharray={`${share * AROUND} ${AROUND}`}
          transform="rotate(-90 32 32)"
        />
      </svg>
      {share === 1 ? (
        <Icon name="done" />
      ) : (
        <span aria-hidden="true">
          <strong>{done}</strong>/{of}
        </span>
      )}
    </div>
  );
}
