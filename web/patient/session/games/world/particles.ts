// SPDX-License-Identifier: Apache-2.0
import { AdditiveBlending, BufferAttribute, BufferGeometry, Color, Points, PointsMaterial } from 'three';
import { particleTexture, seeded } from './shapes.ts';

const LIVES_S = 1.6;
const FALL = 1.1;

/** Sparks where something succeeds, and specks that float in the air. None where less motion is asked for. */
export class Particles {
  readonly points: Points<BufferGeometry, PointsMaterial>;
  readonly #many: number;
  readonly #place: Float32Array;
  readonly #color: Float32Array;
  readonly #speed: Float32Array;
  readonly #age: Float32Array;
  readonly #chance = seeded(11);
  readonly #speck = new Color();
  #next = 0;

  /** A third of them float in `room`, around the middle. */
  constructor(many: number, color: string, room: readonly [number, number, number]) {
    this.#many = many;
    this.#speck.set(color);
    this.#place = new Float32Array(3 * many);
    this.#color = new Float32Array(3 * many);
    this.#speed = new Float32Array(3 * many);
    this.#age = new Float32Array(many).fill(LIVES_S);
    const shape = new BufferGeometry();
    shape.setAttribute('position', new BufferAttribute(this.#place, 3));
    shape.setAttribute('color', new BufferAttribute(this.#color, 3));
    this.points = new Points(
      shape,
      new PointsMaterial({
        size: 0.26,
        map: particleTexture(),
        vertexColors: true,
        transparent: true,
        depthWrite: false,
        blending: AdditiveBlending,
        fog: false,
      }),
    );
    this.points.frustumCulled = false;
    for (let i = 0; i < this.#floating; i++)
      for (let k = 0; k < 3; k++) this.#place[3 * i + k] = (this.#chance() - 0.5) * (room[k] ?? 0);
  }

  get #floating() {
    return Math.floor(this.#many / 3);
  }

  burst(x: number, y: number, z: number, color: string) {
    const tint = new Color(color);
    const sparks = Math.floor(this.#many / 4);
    for (let n = 0; n < sparks; n++) {
      const i = this.#floating + (this.#next++ % Math.max(1, this.#many - this.#floating));
      const [around, up] = [2 * Math.PI * this.#chance(), this.#chance()];
      this.#place.set([x, y, z], 3 * i);
      this.#speed.set([Math.cos(around) * (0.4 + 1.4 * up), 0.6 + 2 * up, Math.sin(around) * 0.8], 3 * i);
      this.#color.set([tint.r, tint.g, tint.b], 3 * i);
      this.#age[i] = 0;
    }
  }

  step(time_s: number, passed_s: number) {
    const { r, g, b } = this.#speck;
    for (let i = 0; i < this.#many; i++) {
      const at = 3 * i;
      if (i < this.#floating) {
        this.#place[at] = (this.#place[at] ?? 0) + 0.12 * passed_s * Math.sin(time_s * 0.4 + i);
        this.#place[at + 1] = (this.#place[at + 1] ?? 0) + 0.1 * passed_s * Math.cos(time_s * 0.3 + 2 * i);
        const shine = 0.25 + 0.25 * Math.sin(time_s * 0.8 + 3 * i);
        this.#color.set([r * shine, g * shine, b * shine], at);
        continue;
      }
      const age = this.#age[i] ?? LIVES_S;
      if (age >= LIVES_S) {
        this.#color.fill(0, at, at + 3);
        continue;
      }
      this.#age[i] = age + passed_s;
      for (let k = 0; k < 3; k++)
        this.#place[at + k] = (this.#place[at + k] ?? 0) + (this.#speed[at + k] ?? 0) * passed_s;
      this.#speed[at + 1] = (this.#speed[at + 1] ?? 0) - FALL * passed_s;
      const fade = Math.max(0, 1 - 0.9 * passed_s);
      for (let k = 0; k < 3; k++) this.#color[at + k] = (this.#color[at + k] ?? 0) * fade;
    }
    for (const name of ['position', 'color']) this.points.geometry.getAttribute(name).needsUpdate = true;
  }
}
