// SPDX-License-Identifier: Apache-2.0
// A game without a graphics card's help: the same places, as plain shapes.
import type { GameKind, GameObject, GameState } from 'reprise-engine';

const MOVES: readonly GameObject['shape'][] = ['balloon', 'picker', 'boat', 'hand'];
const TARGETS: readonly GameObject['shape'][] = ['hill', 'fruit', 'lily', 'lantern'];

export function FlatScene({ kind, state }: { kind: GameKind; state: GameState }) {
  const place = ({ x, y }: GameObject) => ({ cx: 8 + 84 * x, cy: kind === 'river' ? 74 - 52 * y : 88 - 72 * y });
  const keyed = state.objects.map((object, i) => ({ object, key: `${object.shape} ${object.task} ${i}` }));
  return (
    <svg
      className="flat"
      data-drawn="flat"
      viewBox="0 0 100 100"
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      {keyed.map(({ object, key }) => {
        const { shape, size, bright } = object;
        const { cx, cy } = place(object);
        if (shape === 'lid')
          return kind === 'balloon' || kind === 'orchard' ? (
            <rect key={key} className="lid" width={100} height={cy} data-lit={bright || undefined} />
          ) : (
            <rect
              key={key}
              className="lid"
              x={cx - 2}
              y={cy - 8}
              width={4}
              height={16}
              data-lit={bright || undefined}
            />
          );
        if (TARGETS.includes(shape))
          return <circle key={key} className="target" cx={cx} cy={cy} r={6 * size} data-lit={bright || undefined} />;
        if (MOVES.includes(shape)) return <circle key={key} className="mover" cx={cx} cy={cy} r={5} />;
        return null;
      })}
    </svg>
  );
}
