// SPDX-License-Identifier: Apache-2.0
// The things of a game that come and go: each is made once, moves softly to where the engine says, and leaves.
import { Group, Mesh, Sprite, type Material, type Object3D } from 'three';
import type { GameObject, GameState } from 'reprise-engine';

/** One of the engine's objects in the world; `show` is called with every state. */
export interface Actor {
  body: Object3D;
  /** Where it is to be, in the world. */
  x: number;
  y: number;
  z: number;
  /** Called with each state, after x, y and z are set. */
  show?: (object: GameObject, state: GameState) => void;
}

export type Make = (object: GameObject) => Omit<Actor, 'x' | 'y' | 'z'> | undefined;
export type Place = (object: GameObject) => readonly [number, number, number];

/** Share of the way that is left after a second. */
const LEFT_AFTER_1S = 0.0005;

export class Cast {
  readonly group = new Group();
  readonly #actors = new Map<string, Actor>();
  readonly #make: Make;
  readonly #place: Place;

  constructor(make: Make, place: Place) {
    this.#make = make;
    this.#place = place;
  }

  show(state: GameState) {
    const seen = new Set<string>();
    for (const object of state.objects) {
      let key = `${object.shape} ${object.task}`;
      while (seen.has(key)) key += "'";
      seen.add(key);
      const [x, y, z] = this.#place(object);
      let actor = this.#actors.get(key);
      if (!actor) {
        const made = this.#make(object);
        if (!made) continue;
        actor = { ...made, x, y, z };
        actor.body.position.set(x, y, z);
        this.#actors.set(key, actor);
        this.group.add(actor.body);
      }
      Object.assign(actor, { x, y, z });
      actor.show?.(object, state);
    }
    for (const [key, { body }] of this.#actors) {
      if (seen.has(key)) continue;
      this.group.remove(body);
      disposeAll(body);
      this.#actors.delete(key);
    }
  }

  /** `passed_s`: since the picture before; null: at once. */
  move(passed_s: number | null) {
    const share = passed_s === null ? 1 : 1 - LEFT_AFTER_1S ** passed_s;
    for (const { body, x, y, z } of this.#actors.values()) {
      body.position.x += (x - body.position.x) * share;
      body.position.y += (y - body.position.y) * share;
      body.position.z += (z - body.position.z) * share;
    }
  }

  find(shape: GameObject['shape']): Object3D | undefined {
    for (const [key, { body }] of this.#actors) if (key.startsWith(`${shape} `)) return body;
    return undefined;
  }
}

/** Frees what the graphics card holds of it. */
export function disposeAll(root: Object3D) {
  root.traverse((each) => {
    if (!(each instanceof Mesh || each instanceof Sprite)) return;
    const { geometry, material } = each as Mesh;
    if (each instanceof Mesh) geometry.dispose();
    for (const one of Array.isArray(material) ? material : [material as Material]) one.dispose();
  });
}
