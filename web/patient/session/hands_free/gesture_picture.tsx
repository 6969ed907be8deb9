// SPDX-License-Identifier: Apache-2.0
// The arms of each gesture, drawn from the front; a lying person from the side.
import type { Gesture } from 'reprise-engine';
import type { Lie } from './asked.ts';

type Line = readonly (readonly [number, number])[];

const HANGS_LEFT: Line = [
  [36, 46],
  [32, 64],
  [33, 82],
];
const ARMS: Record<Gesture, readonly [still: Line, moved: readonly Line[]]> = {
  hand_up: [
    HANGS_LEFT,
    [
      [
        [64, 46],
        [71, 28],
        [69, 7],
      ],
    ],
  ],
  arm_out: [
    HANGS_LEFT,
    [
      [
        [64, 46],
        [80, 46],
        [97, 46],
      ],
    ],
  ],
  wrists_crossed: [
    [],
    [
      [
        [36, 46],
        [33, 66],
        [60, 49],
      ],
      [
        [64, 46],
        [67, 66],
        [40, 49],
      ],
    ],
  ],
};

const points = (line: Line) => line.map((point) => point.join(',')).join(' ');

/** `lie`: a lying or kneeling person points upwards. `label`: empty where words beside it say the same. */
export function GesturePicture({ gesture, lie, label }: { gesture: Gesture; lie: Lie; label: string }) {
  const hidden = label === '' || undefined;
  if (gesture === 'hand_up' && (lie === 'lying' || lie === 'front')) {
    return (
      <svg className="gesture" viewBox="0 0 100 100" role="img" aria-label={label} aria-hidden={hidden}>
        <line className="ground" x1="2" x2="98" y1="90" y2="90" />
        <circle cx="14" cy="78" r="9" />
        <polyline points="26,80 60,82 96,84" />
        <polyline className="moved" points="32,79 32,54 31,26" />
      </svg>
    );
  }
  const [still, moved] = ARMS[gesture];
  return (
    <svg className="gesture" viewBox="0 0 100 100" role="img" aria-label={label} aria-hidden={hidden}>
      <circle cx="50" cy="26" r="10" />
      <polyline points="36,46 64,46 59,88 41,88 36,46" />
      <polyline points={points(still)} />
      {moved.map((line) => (
        <polyline key={points(line)} className="moved" points={points(line)} />
      ))}
    </svg>
  );
}
