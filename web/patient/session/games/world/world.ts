// SPDX-License-Identifier: Apache-2.0
// A game's world in three dimensions: light, sky, particles, and a camera. Loaded when a game is first played. The
// engine says where everything is; nothing is decided here.
import {
  CanvasTexture,
  DirectionalLight,
  Fog,
  HemisphereLight,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three';
import type { GameKind, GameState } from 'reprise-engine';
import { drawnByProcessor } from '../../../../body/graphics.ts';
import { balloonPlace } from './balloon.ts';
import { disposeAll } from './cast.ts';
import { lanternPlace } from './lanterns.ts';
import { orchardPlace } from './orchard.ts';
import { paletteOf, type Palette } from './palette.ts';
import { FIELD_DEG, type Place, type Surroundings } from './place.ts';
import { Particles } from './particles.ts';
import { Governor } from './quality.ts';
import { riverPlace } from './river.ts';
import { glow, seeded } from './shapes.ts';

const PLACES: Record<GameKind, (around: Surroundings) => Place> = {
  balloon: balloonPlace,
  orchard: orchardPlace,
  river: riverPlace,
  lanterns: lanternPlace,
};

function skyOf({ sky }: Palette): CanvasTexture {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [4, 256];
  const pen = canvas.getContext('2d');
  if (pen) {
    const down = pen.createLinearGradient(0, 0, 0, 256);
    for (const [i, color] of sky.entries()) down.addColorStop([0, 0.38, 0.72][i] ?? 1, color);
    pen.fillStyle = down;
    pen.fillRect(0, 0, 4, 256);
  }
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}

export class World {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD_DEG, 1, 0.1, 140);
  readonly #governor = new Governor(drawnByProcessor());
  readonly #palette: Palette;
  readonly #place: Place;
  readonly #still: boolean;
  readonly #particles: Particles | undefined;
  readonly #sun: DirectionalLight;
  #state: GameState | undefined;
  #won = 0;
  #drawn_ms = -Infinity;

  /** Throws where the browser draws nothing in three dimensions. */
  constructor(canvas: HTMLCanvasElement, kind: GameKind, { dark, still }: { dark: boolean; still: boolean }) {
    const { pixels, particles, scenery, shadows } = this.#governor.now;
    this.#palette = paletteOf(dark, kind === 'lanterns');
    this.#still = still;
    this.#renderer = new WebGLRenderer({ canvas, antialias: pixels > 1 });
    this.#renderer.setPixelRatio(Math.min(pixels, devicePixelRatio));
    this.#renderer.shadowMap.enabled = shadows;
    this.#renderer.shadowMap.type = PCFShadowMap;
    const { light, lightPower, shade, fog, sky, sun } = this.#palette;
    this.#scene.background = skyOf(this.#palette);
    this.#scene.fog = new Fog(fog, 24, 85);
    this.#sun = new DirectionalLight(light, lightPower);
    this.#sun.position.set(-7, 11, 9);
    this.#sun.castShadow = true;
    this.#sun.shadow.mapSize.set(1024, 1024);
    Object.assign(this.#sun.shadow.camera, { left: -12, right: 12, top: 12, bottom: -12, near: 1, far: 45 });
    this.#sun.shadow.bias = -0.002;
    const halo = glow(sun, 24, dark ? 0.3 : 0.55, false);
    halo.position.set(kind === 'orchard' ? -11 : 12, 10, -62);
    const disc = glow(sun, 6.5, 1, false);
    disc.position.copy(halo.position).setZ(-61);
    this.#place = PLACES[kind]({ palette: this.#palette, chance: seeded(7), scenery });
    this.#scene.add(this.#sun, new HemisphereLight(sky[1], shade, dark ? 2.1 : 1.8), halo, disc, this.#place.group);
    if (!still) {
      this.#particles = new Particles(particles, this.#palette.spark, [12, 8, 8]);
      this.#scene.add(this.#particles.points);
    }
  }

  size(width: number, height: number) {
    this.#renderer.setSize(width, height, false);
    const aspect = width / Math.max(1, height);
    this.#camera.aspect = aspect;
    this.#place.fit(this.#camera, aspect);
    this.#camera.updateProjectionMatrix();
    if (this.#state) this.#place.show(this.#state);
    this.draw(performance.now(), true);
  }

  show(state: GameState) {
    this.#state = state;
    if (state.succeeded > this.#won) this.#particles?.burst(...this.#place.spark(), this.#palette.spark);
    this.#won = state.succeeded;
    this.#place.show(state);
    if (this.#still) this.draw(performance.now(), true);
  }

  /** Draws if it is time for a picture, or now. */
  draw(now_ms: number, now = false) {
    const since = now_ms - this.#drawn_ms;
    if (!this.#state || (!now && since < 1000 / this.#governor.now.rate_hz - 2)) return;
    this.#drawn_ms = now_ms;
    const passed_s = this.#still ? null : Math.min(0.1, since / 1000);
    this.#place.move(now_ms / 1000, passed_s, this.#state);
    this.#particles?.step(now_ms / 1000, passed_s ?? 0);
    const began = performance.now();
    this.#renderer.render(this.#scene, this.#camera);
    if (this.#governor.took(Math.max(performance.now() - began, now || since > 1000 ? 0 : since - 17))) {
      const { pixels, shadows } = this.#governor.now;
      this.#renderer.setPixelRatio(Math.min(pixels, devicePixelRatio));
      this.#sun.castShadow = shadows;
    }
  }

  dispose() {
    disposeAll(this.#scene);
    this.#particles?.points.geometry.dispose();
    this.#particles?.points.material.dispose();
    if (this.#scene.background instanceof CanvasTexture) this.#scene.background.dispose();
    this.#sun.shadow.map?.dispose();
    this.#renderer.dispose();
  }
}
