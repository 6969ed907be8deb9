// SPDX-License-Identifier: Apache-2.0
import './day_end.css';
import { useEffect, useState, type CSSProperties } from 'react';
import { wantsLessMotion } from '../../../data/preferences.ts';
import { confetti } from './day_end.ts';

const LASTS_MS = 2600;
const PIECES = confetti();

/** A tick over the whole screen, once, and some confetti; nothing where less motion is wanted. */
export function Celebration() {
  const [on, setOn] = useState(() => !wantsLessMotion());
  useEffect(() => {
    const end = setTimeout(() => setOn(false), LASTS_MS);
    return () => clearTimeout(end);
  }, []);
  if (!on) return null;
  return (
    <div className="celebration" aria-hidden="true">
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="44" pathLength={1} />
        <path d="M29 52 L44 67 L72 36" pathLength={1} />
      </svg>
      {PIECES.map((piece) => (
        <i
          key={piece.left}
          data-color={piece.color}
          style={
            {
              left: `${100 * piece.left}%`,
              '--drift': `${20 * piece.drift}vw`,
              '--turn': `${piece.turn}deg`,
              animationDelay: `${piece.delay_s}s`,
            } as CSSProperties
          }
        />
      ))}
    </div>
  );
}
