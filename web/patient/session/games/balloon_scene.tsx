// SPDX-License-Identifier: Apache-2.0
import { across, Lid, only, Ring, Sky, HEIGHT, type SceneProps } from './scenery.tsx';

const GROUND = 540;
/** From the ground to the highest place of the basket. */
const SPAN = 370;
const BALLOON = 138;
const HILL_HALF = 118;

const up = (y: number) => GROUND - y * SPAN;

export function Star({ x, y, size, lit }: { x: number; y: number; size: number; lit: boolean }) {
  const points = Array.from({ length: 10 }, (_, i) => {
    const far = i % 2 === 0 ? size : size * 0.45;
    const turn = (Math.PI * i) / 5 - Math.PI / 2;
    return `${x + far * Math.cos(turn)},${y + far * Math.sin(turn)}`;
  });
  return <polygon className="star" data-lit={lit || undefined} points={points.join(' ')} />;
}

function Hill({ x, top, variant, lit }: { x: number; top: number; variant: number; lit: boolean }) {
  const [left, right, half] = [x - HILL_HALF, x + HILL_HALF, HILL_HALF * 0.52];
  const down = HEIGHT;
  const firs = [-0.42, 0.36].map((share, i) => {
    const base = top + (GROUND - top) * (0.55 + 0.12 * i);
    return { at: x + share * HILL_HALF, base };
  });
  return (
    <g className="hill" data-variant={variant}>
      <path
        d={
          `M${left - 50},${down} V${GROUND + 40} C${left + 36},${GROUND + 16} ${x - half},${top} ${x},${top} ` +
          `S${right - 36},${GROUND + 16} ${right + 50},${GROUND + 40} V${down} Z`
        }
      />
      {GROUND - top > 90 &&
        firs.map(({ at, base }) => (
          <path key={at} className="fir" d={`M${at},${base - 46} l17,46 h-34 Z M${at},${base - 26} l20,40 h-40 Z`} />
        ))}
      <Star x={x} y={top - 44} size={17} lit={lit} />
      <Star x={x - 40} y={top - 26} size={12} lit={lit} />
      <Star x={x + 40} y={top - 26} size={12} lit={lit} />
    </g>
  );
}

/** `foot`: where the basket stands. `kept`: share of the hold, as a ring around it. */
function Balloon({ x, foot, kept }: { x: number; foot: number; kept: number }) {
  const middle = foot - BALLOON + 50;
  return (
    <g className="balloon">
      {kept > 0 && <Ring x={x} y={middle} radius={66} share={kept} />}
      <path
        className="cords"
        d={
          `M${x - 30},${middle + 38} L${x - 13},${foot - 24} M${x + 30},${middle + 38} L${x + 13},${foot - 24} ` +
          `M${x},${middle + 48} V${foot - 24}`
        }
      />
      <path
        className="envelope"
        d={
          `M${x},${middle - 52} C${x + 66},${middle - 52} ${x + 58},${middle + 22} ${x + 24},${middle + 50} ` +
          `H${x - 24} C${x - 58},${middle + 22} ${x - 66},${middle - 52} ${x},${middle - 52} Z`
        }
      />
      <path
        className="stripe"
        d={
          `M${x},${middle - 52} C${x + 26},${middle - 44} ${x + 24},${middle + 24} ${x + 10},${middle + 50} ` +
          `H${x - 10} C${x - 24},${middle + 24} ${x - 26},${middle - 44} ${x},${middle - 52} Z`
        }
      />
      <path className="basket" d={`M${x - 16},${foot - 24} h32 l-4,24 h-24 Z`} />
      <rect className="rim" x={x - 18} y={foot - 28} width={36} height={7} rx={3} />
    </g>
  );
}

export function BalloonScene(way: SceneProps) {
  const { state, width, still } = way;
  const traveled = still ? 0 : state.traveled;
  const far = (traveled * width) % 480;
  const lid = only(state, 'lid')[0];
  const balloon = only(state, 'balloon')[0];
  return (
    <>
      <Sky width={width} traveled={traveled} sun={0.84} />
      {only(state, 'gathered').map((one) => (
        <Star key={one.task} x={width * (0.24 + 0.48 * one.x)} y={165 - one.y * 140} size={11} lit />
      ))}
      {lid && <Lid y={up(lid.y) - BALLOON} width={width} touched={lid.bright} />}
      <g className="ridge" transform={`translate(${-far} 0)`}>
        {Array.from({ length: Math.ceil(width / 240) + 3 }, (_, i) => (
          <ellipse key={i} cx={i * 240} cy={GROUND + 20} rx={190} ry={i % 2 === 0 ? 120 : 84} />
        ))}
      </g>
      <rect className="meadow back" y={GROUND - 8} width={width} height={HEIGHT} />
      {only(state, 'hill').map((hill) => (
        <Hill key={hill.task} x={across(hill, way)} top={up(hill.y) + 10} variant={hill.variant} lit={hill.bright} />
      ))}
      {balloon && <Balloon x={balloon.x * width} foot={up(balloon.y)} kept={state.kept} />}
      <path
        className="meadow"
        d={
          `M0,${GROUND + 26} Q${width * 0.25},${GROUND + 6} ${width * 0.5},${GROUND + 24} ` +
          `T${width},${GROUND + 18} V${HEIGHT} H0 Z`
        }
      />
    </>
  );
}
