// SPDX-License-Identifier: Apache-2.0
import type { BalanceLevel, Stance } from 'reprise-engine';

/** Centers of the left and the right foot, seen from above with the toes up; a foot is 22 by 56. */
const FEET: Record<Exclude<Stance, 'single-leg'>, readonly [readonly [number, number], readonly [number, number]]> = {
  'feet-apart': [
    [62, 80],
    [118, 80],
  ],
  'feet-together': [
    [78, 80],
    [102, 80],
  ],
  'semi-tandem': [
    [78, 66],
    [102, 94],
  ],
  tandem: [
    [90, 50],
    [90, 108],
  ],
};

const OUTLINE =
  'c9 0 12 8 11 18 c-1 10 -3 14 -3 22 c0 9 -2 16 -8 16 s-8 -7 -8 -16 c0 -8 -2 -12 -3 -22 c-1 -10 2 -18 11 -18z';

function Foot({ x, y, lifted = false }: { x: number; y: number; lifted?: boolean }) {
  return <path className={lifted ? 'foot lifted' : 'foot'} d={`M${x} ${y - 28} ${OUTLINE}`} />;
}

/** The feet from above, behind a support; the words beside it say the same. */
export function StancePicture({ level: { stance, side, foam, eyesClosed } }: { level: BalanceLevel }) {
  const [left, right] =
    stance === 'single-leg'
      ? ([
          [78, 84],
          [106, 84],
        ] as const)
      : FEET[stance];
  return (
    <svg className="stance" viewBox="0 0 180 150" aria-hidden="true" focusable="false">
      <rect className="support" x="20" y="4" width="140" height="10" rx="4" />
      {foam && <rect className="foam" x="40" y="22" width="100" height="122" rx="10" />}
      <Foot x={left[0]} y={left[1]} lifted={side === 'right'} />
      <Foot x={right[0]} y={right[1]} lifted={side === 'left'} />
      <g className="eye" transform="translate(160 130)">
        {eyesClosed ? (
          <path d="M-14 0 q14 12 28 0 M-9 5 l-4 6 M0 7 l0 7 M9 5 l4 6" />
        ) : (
          <>
            <path d="M-14 0 q14 -14 28 0 q-14 14 -28 0z" />
            <circle r="4" />
          </>
        )}
      </g>
    </svg>
  );
}
