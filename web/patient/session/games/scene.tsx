// SPDX-License-Identifier: Apache-2.0
import { useLayoutEffect, useRef, useState } from 'react';
import type { GameKind, GameState } from 'reprise-engine';
import { BalloonScene, Star } from './balloon_scene.tsx';
import { Fruit, OrchardScene } from './orchard_scene.tsx';
import { HEIGHT } from './scenery.tsx';

/** All of a game's picture, as wide as the room that it has. */
export function Scene({ kind, state, still }: { kind: GameKind; state: GameState; still: boolean }) {
  const svg = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(HEIGHT);
  useLayoutEffect(() => {
    const room = svg.current;
    if (!room) return undefined;
    const observer = new ResizeObserver(() => {
      const { width: across, height } = room.getBoundingClientRect();
      if (height > 0) setWidth(Math.round((HEIGHT * across) / height));
    });
    observer.observe(room);
    return () => observer.disconnect();
  }, []);
  const way = { state, width, still };
  return (
    <svg ref={svg} viewBox={`0 0 ${width} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {kind === 'balloon' ? <BalloonScene {...way} /> : <OrchardScene {...way} />}
    </svg>
  );
}

/** Shows the symbol of the gathered objects, beside their number. */
export const Won = ({ kind }: { kind: GameKind }) => (
  <svg className="sign" viewBox="-30 -38 60 70" aria-hidden="true">
    {kind === 'balloon' ? <Star x={0} y={0} size={28} lit /> : <Fruit x={0} y={0} size={1} variant={0} />}
  </svg>
);
