// SPDX-License-Identifier: Apache-2.0
import { useLanguage } from '../../../translations/language.tsx';
import type { Filling } from './asked.ts';
import './hands_free.css';

const RADIUS = 44;
const ROUND = 2 * Math.PI * RADIUS;

/** Fills while a gesture is held, to be seen from meters away. What follows is said elsewhere. */
export function GestureRing({ asks, share, paused }: Filling & { paused: boolean }) {
  const { t } = useLanguage();
  return (
    <div className="gesture-ring" data-asks={asks} aria-hidden="true">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="track" cx="50" cy="50" r={RADIUS} />
        <circle
          className="filled"
          cx="50"
          cy="50"
          r={RADIUS}
          transform="rotate(-90 50 50)"
          strokeDasharray={`${share * ROUND} ${ROUND}`}
        />
      </svg>
      <p>{t(asks === 'hurts' ? 'live.hurts' : paused ? 'live.goOn' : 'live.pause')}</p>
    </div>
  );
}
