// SPDX-License-Identifier: Apache-2.0
// Where a game is drawn: in three dimensions, or flat where the browser cannot.
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState, type RefObject } from 'react';
import type { GameKind, GameState } from 'reprise-engine';
import { wantsLessMotion } from '../../../data/preferences.ts';
import { FlatScene } from './flat_scene.tsx';
import type { World } from './world/world.ts';

interface Props {
  kind: GameKind;
  state: GameState;
}

/** Opens the world on the canvas; `undefined` until then, null: it cannot be. */
function useWorld(canvas: RefObject<HTMLCanvasElement | null>, kind: GameKind, dark: boolean) {
  const [opened, setOpened] = useState<World | null>();
  useEffect(() => {
    let world: World | undefined;
    let left = false;
    const target = canvas.current;
    if (!target) return undefined;
    const size = () => {
      const { clientWidth: width, clientHeight: height } = target;
      if (width > 0 && height > 0) world?.size(width, height);
    };
    const observer = new ResizeObserver(size);
    const open = async () => {
      const { World: Opened } = await import('./world/world.ts');
      if (left) return;
      world = new Opened(target, kind, { dark, still: wantsLessMotion() });
      observer.observe(target);
      size();
      setOpened(world);
    };
    open().catch(() => {
      if (!left) setOpened(null);
    });
    return () => {
      left = true;
      observer.disconnect();
      world?.dispose();
      setOpened(undefined);
    };
  }, [canvas, kind, dark]);
  return opened;
}

function Picture({ kind, state, dark }: Props & { dark: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const world = useWorld(canvas, kind, dark);
  useEffect(() => {
    world?.show(state);
  }, [world, state]);
  useEffect(() => {
    if (!world || wantsLessMotion()) return undefined;
    let next = 0;
    const draw = (now_ms: number) => {
      world.draw(now_ms);
      next = requestAnimationFrame(draw);
    };
    next = requestAnimationFrame(draw);
    return () => cancelAnimationFrame(next);
  }, [world]);
  if (world === null) return <FlatScene kind={kind} state={state} />;
  return <canvas ref={canvas} data-drawn={world ? '3d' : undefined} />;
}

export function GameCanvas(props: Props) {
  const dark = useComputedColorScheme('light') === 'dark';
  // A canvas once used keeps its context: a theme, which has colors of its own, gets another one.
  return <Picture key={`${props.kind} ${String(dark)}`} dark={dark} {...props} />;
}
