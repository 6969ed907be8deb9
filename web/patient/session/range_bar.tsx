// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../translations/language.tsx';
import './spoken/spoken.css';

interface Props {
  /** Share of the way from rest to the target. */
  progress: number | null;
  /** The programme's target on the same way; 1: the exercise's own. */
  target: number;
  /** The limit on the same way; null if there is none. */
  ceiling: number | null;
  atCeiling: boolean;
  /** The last repetition was good. */
  star: boolean;
  /** The position at the prescribed pace; null if there is none. */
  pace: number | null;
}

/** How far the bar goes past the target. */
const END = 1.25;

const percent = (share: number) => `${Math.max(0, Math.min(1, share / END)) * 100}%`;

/** How far the movement is: from rest to the target, and the limit that must not be passed. */
export function RangeBar({ progress, target: wanted, ceiling, atCeiling, star, pace }: Props) {
  const { t } = useLanguage();
  // Nothing rewards going past a limit: with one, it is where the bar ends.
  const target = ceiling !== null && ceiling < wanted ? ceiling : wanted;
  return (
    <>
      <div
        className="range"
        data-at-ceiling={atCeiling || undefined}
        role="img"
        aria-label={t(ceiling === null ? 'live.range' : 'live.rangeLimited')}
      >
        <span
          className="filled"
          style={{ height: percent(progress ?? 0) }}
          data-reached={(progress ?? 0) >= target * 0.97 || undefined}
        />
        {pace !== null && <span className="pace" style={{ bottom: percent(pace * target) }} />}
        <span className="target" style={{ bottom: percent(target) }} />
        {ceiling !== null && <span className="limit" style={{ bottom: percent(ceiling) }} />}
      </div>
      {star && (
        <svg className="star" viewBox="0 0 24 24" aria-hidden="true">
          <path d="m12 1.5 3.2 6.9 7.5.9-5.5 5.2 1.4 7.4L12 18.2l-6.6 3.7 1.4-7.4L1.3 9.3l7.5-.9z" />
        </svg>
      )}
    </>
  );
}
