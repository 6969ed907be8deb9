// SPDX-License-Identifier: Apache-2.0
// What both games are drawn with.
import type { GameObject, GameState } from 'reprise-engine';

/** The scene is so high in its own units, and as wide as the room that it has. */
export const HEIGHT = 600;

export interface SceneProps {
  state: GameState;
  width: number;
  /** No drifting background; what moves by itself moves in steps. */
  still: boolean;
}

const STEPS = 6;
const stepped = (value: number) => Math.round(value * STEPS) / STEPS;

/** Returns an object's horizontal position; in steps if the patient prefers reduced motion. */
export const across = ({ x }: GameObject, { width, still }: SceneProps) => (still ? stepped(x) : x) * width;

export const only = ({ objects }: GameState, ...shapes: GameObject['shape'][]) =>
  objects.filter(({ shape }) => shapes.includes(shape));

/** Sky with a sun, or a moon in the dark; `sun`: where, as a share of the width. */
export function Sky({ width, traveled, sun }: { width: number; traveled: number; sun: number }) {
  const drift = (traveled * width * 0.6) % (width + 200);
  return (
    <>
      <rect className="sky" width={width} height={HEIGHT} />
      <circle className="halo" cx={width * sun} cy={96} r={74} />
      <circle className="sun" cx={width * sun} cy={96} r={46} />
      {[0.1, 0.52, 0.9].map((at, i) => {
        const x = ((((at * (width + 200) - drift) % (width + 200)) + width + 200) % (width + 200)) - 100;
        return <Cloud key={at} x={x} y={70 + i * 46} size={0.8 + 0.25 * (i % 2)} />;
      })}
    </>
  );
}

export function Cloud({ x, y, size }: { x: number; y: number; size: number }) {
  return (
    <g className="cloud" transform={`translate(${x} ${y}) scale(${size})`}>
      <ellipse cx={0} cy={10} rx={62} ry={18} />
      <circle cx={-26} cy={2} r={20} />
      <circle cx={4} cy={-8} r={27} />
      <circle cx={32} cy={3} r={18} />
    </g>
  );
}

const PUFF = 70;

/** The limit, as a bank of cloud that nothing goes through; `y`: its lower edge. */
export function Lid({ y, width, touched }: { y: number; width: number; touched: boolean }) {
  const puffs = Math.ceil(width / PUFF);
  const edge = Array.from({ length: puffs }, (_, i) => `a${PUFF / 2},${i % 2 === 0 ? 20 : 14} 0 0 1 ${-PUFF},0`).join(
    ' ',
  );
  return (
    <path
      className="lid"
      data-touched={touched || undefined}
      d={`M-10,-30 H${puffs * PUFF} V${y - 20} ${edge} L-10,${y - 20} Z`}
    />
  );
}

/** How much of a hold is done. */
export function Ring({ x, y, radius, share }: { x: number; y: number; radius: number; share: number }) {
  const around = 2 * Math.PI * radius;
  return (
    <>
      <circle className="to-keep" cx={x} cy={y} r={radius} />
      <circle
        className="keeping"
        cx={x}
        cy={y}
        r={radius}
        strokeDasharray={`${around * share} ${around}`}
        transform={`rotate(-90 ${x} ${y})`}
      />
    </>
  );
}
