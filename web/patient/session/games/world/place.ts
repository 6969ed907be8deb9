// SPDX-License-Identifier: Apache-2.0
import type { Group, PerspectiveCamera } from 'three';
import type { GameState } from 'reprise-engine';
import type { Palette } from './palette.ts';

export const FIELD_DEG = 34;

/** Half of the height that the camera sees at a distance. */
export const halfHeight = (distance: number) => distance * Math.tan((FIELD_DEG * Math.PI) / 360);

export interface Surroundings {
  palette: Palette;
  chance: () => number;
  /** Share of the scenery that is drawn. */
  scenery: number;
}

/** One game's part of the world. */
export interface Place {
  group: Group;
  /** Tells how wide and high the plane of the game is, and puts the camera in its place. */
  fit(camera: PerspectiveCamera, aspect: number): void;
  show(state: GameState): void;
  /** Moves what moves by itself; `passed_s` null: nothing does. */
  move(time_s: number, passed_s: number | null, state: GameState): void;
  /** Where sparks fly when a task succeeds. */
  spark(): readonly [number, number, number];
}
