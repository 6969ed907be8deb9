// SPDX-License-Identifier: Apache-2.0
import type { GameObject } from 'reprise-engine';
import { across, HEIGHT, Lid, only, Ring, Sky, type SceneProps } from './scenery.tsx';

const GROUND = 530;
/** From where the picker rests to its highest place. */
const SPAN = 370;
const LOWEST = GROUND - 70;

const up = (y: number) => LOWEST - y * SPAN;

/** An apple, a pear or a plum. */
export function Fruit({ x, y, size, variant }: { x: number; y: number; size: number; variant: number }) {
  return (
    <g className="fruit" data-variant={variant} transform={`translate(${x} ${y}) scale(${size})`}>
      <path className="stalk" d="M0,-20 q2,-10 8,-14" />
      {variant === 1 ? (
        <path
          className="skin"
          d="M0,-22 C10,-22 11,-8 16,0 C24,12 16,26 0,26 C-16,26 -24,12 -16,0 C-11,-8 -10,-22 0,-22 Z"
        />
      ) : (
        <ellipse className="skin" cx={0} cy={2} rx={variant === 2 ? 17 : 22} ry={21} />
      )}
      <path className="leaf" d="M4,-24 q14,-12 24,-2 q-12,10 -24,2 Z" />
      <ellipse className="shine" cx={-8} cy={-4} rx={4} ry={7} />
    </g>
  );
}

/** A twig from the trunk to the fruit, wherever it hangs. */
function Twig({ x, y, trunk }: { x: number; y: number; trunk: number }) {
  const from = Math.min(GROUND - 60, y + 30);
  return (
    <g className="twig">
      <path d={`M${trunk},${from} C${trunk - 40},${y - 44} ${(x + trunk) / 2},${y - 52} ${x + 6},${y - 34}`} />
      <path className="leaf" d={`M${x + 40},${y - 46} q18,-22 38,-8 q-16,18 -38,8 Z`} />
    </g>
  );
}

/**
 * A hedgehog that carries the picking bag on a pole; what lies in the bag stands before `PickerBack` and behind
 * `PickerFront`.
 */
const PickerBack = ({ x, top }: { x: number; top: number }) => (
  <g className="picker">
    <line className="pole" x1={x} y1={GROUND + 8} x2={x} y2={top + 30} />
    <ellipse className="rim" cx={x} cy={top} rx={30} ry={8} />
  </g>
);

const PickerFront = ({ x, top, holds, kept }: { x: number; top: number; holds: boolean; kept: number }) => (
  <g className="picker">
    <path
      className="bag"
      d={
        `M${x - 30},${top} Q${x - 27},${top + 38} ${x},${top + 40} Q${x + 27},${top + 38} ${x + 30},${top} ` +
        `Q${x},${top + 14} ${x - 30},${top} Z`
      }
      data-holds={holds || undefined}
    />
    {kept > 0 && <Ring x={x} y={top} radius={46} share={kept} />}
    <g className="hedgehog" transform={`translate(${x} ${GROUND + 10}) scale(1.5)`}>
      <path
        className="spines"
        d={
          'M-38,14 L-46,4 L-36,1 L-40,-10 L-28,-10 L-26,-22 L-14,-16 L-6,-28 L3,-17 L15,-23 L18,-11 L28,-10 L25,3 ' +
          'L32,14 Z'
        }
      />
      <path className="face" d="M18,14 Q16,-8 30,-6 Q42,-2 52,8 Q46,16 18,14 Z" />
      <circle className="eye" cx={34} cy={1} r={2.6} />
      <circle className="nose" cx={51} cy={8} r={3.6} />
      <path className="feet" d="M-22,14 h12 M14,14 h12" />
    </g>
  </g>
);

const CRATE = 74;

export function OrchardScene(way: SceneProps) {
  const { state, width, still } = way;
  const trunk = width * 0.965;
  const lid = only(state, 'lid')[0];
  const picker = only(state, 'picker')[0];
  const crate = only(state, 'basket')[0];
  const fruits = only(state, 'fruit');
  const hanging = fruits.filter(({ bright }) => !bright);
  // What the picker carries moves with it; what hangs stays where it is.
  const place = (fruit: GameObject) => (fruit.bright ? across(fruit, way) : fruit.x * width);
  const gathered = only(state, 'gathered');
  return (
    <>
      <Sky width={width} traveled={still ? 0 : state.traveled} sun={0.34} />
      {lid && <Lid y={up(lid.y) - 10} width={width} touched={lid.bright} />}
      <g className="ridge">
        {Array.from({ length: Math.ceil(width / 240) + 2 }, (_, i) => (
          <ellipse key={i} cx={i * 240} cy={GROUND + 30} rx={190} ry={i % 2 === 0 ? 112 : 80} />
        ))}
      </g>
      <rect className="meadow back" y={GROUND - 16} width={width} height={HEIGHT} />
      <g className="tree">
        <path
          className="trunk"
          d={
            `M${trunk - 20},${GROUND + 20} Q${trunk - 6},${GROUND - 200} ${trunk - 14},60 H${trunk + 40} ` +
            `V${GROUND + 20} Z`
          }
        />
        {[
          [0.99, 90, 92],
          [0.9, 40, 70],
          [1.0, 210, 64],
          [0.82, 12, 56],
        ].map(([at = 1, y, r]) => (
          <circle key={at} className="crown" cx={at * width} cy={y} r={r} />
        ))}
      </g>
      {hanging.map((fruit) => (
        <Twig key={`twig ${fruit.task}`} x={place(fruit)} y={up(fruit.y)} trunk={trunk} />
      ))}
      <rect className="meadow" y={GROUND + 22} width={width} height={HEIGHT} />
      {crate &&
        gathered.map((one) => (
          <Fruit
            key={one.task}
            x={crate.x * width + (one.x - crate.x) * 720}
            y={GROUND + 14 - one.y * 620}
            size={0.46}
            variant={one.variant}
          />
        ))}
      {crate && (
        <g className="crate" transform={`translate(${crate.x * width} ${GROUND + 34})`}>
          <path d={`M${-CRATE},-38 H${CRATE} L${CRATE - 10},18 H${10 - CRATE} Z`} />
          <path className="slats" d={`M${-CRATE + 3},-20 H${CRATE - 3} M${-CRATE + 7},0 H${CRATE - 7}`} />
        </g>
      )}
      {picker && <PickerBack x={across(picker, way)} top={up(picker.y)} />}
      {fruits.map((fruit) => (
        <Fruit key={fruit.task} x={place(fruit)} y={up(fruit.y)} size={fruit.size} variant={fruit.variant} />
      ))}
      {picker && <PickerFront x={across(picker, way)} top={up(picker.y)} holds={picker.bright} kept={state.kept} />}
    </>
  );
}
