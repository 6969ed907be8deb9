// SPDX-License-Identifier: Apache-2.0
// Where the person is shown: floor, light, shadow, things, and a camera that looks from a side or goes around.
import {
  AmbientLight,
  BufferAttribute,
  CanvasTexture,
  CircleGeometry,
  DirectionalLight,
  Group,
  HemisphereLight,
  Mesh,
  MeshBasicMaterial,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  ShadowMaterial,
  Sprite,
  SpriteMaterial,
  Vector3,
  WebGLRenderer,
} from 'three';
import { Person } from './person.ts';
import type { Part } from './parts.ts';
import type { Figure } from './pose.ts';

/** From where: degrees from in front of the person to their right. */
export const AZIMUTH = { front: 0, oblique: 40, side: 90, back: 180 } as const;
const ELEVATION = 9;
const FIELD_DEG = 26;
const FLOOR_M = 1.9;
/** Around the landmarks: hair, hands, shoes. */
const BORDER_M = 0.16;
const RADIAN = Math.PI / 180;

/** Of the distance between both hip joints. */
const HIP_OUT = 0.4;

const landmark = ({ landmarks_m }: Figure, i: number) =>
  new Vector3(landmarks_m[3 * i], landmarks_m[3 * i + 1], landmarks_m[3 * i + 2]);

/** A soft spot of light on the joint that moves. */
function glowTexture(): CanvasTexture {
  const size = 64;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const pen = canvas.getContext('2d');
  if (pen) {
    const spot = pen.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2);
    for (const [at, alpha] of [
      [0, 0.55],
      [0.35, 0.4],
      [0.62, 0.16],
      [1, 0],
    ] as const)
      spot.addColorStop(at, `rgba(255, 168, 46, ${alpha})`);
    pen.fillStyle = spot;
    pen.fillRect(0, 0, size, size);
  }
  return new CanvasTexture(canvas);
}

/** A round floor that fades out. */
function floorDisc(color: readonly [number, number, number]) {
  const disc = new CircleGeometry(FLOOR_M, 64);
  const points = disc.getAttribute('position');
  const colors = new Float32Array(points.count * 4);
  for (let i = 0; i < points.count; i++) colors.set([...color, i === 0 ? 1 : 0], 4 * i);
  disc.setAttribute('color', new BufferAttribute(colors, 4));
  const mesh = new Mesh(disc, new MeshBasicMaterial({ vertexColors: true, transparent: true, depthWrite: false }));
  mesh.rotation.x = -Math.PI / 2;
  mesh.position.y = -0.004;
  mesh.renderOrder = -2;
  return mesh;
}

export class Stage {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new PerspectiveCamera(FIELD_DEG, 1, 0.1, 40);
  readonly #key = new DirectionalLight('#fff0dc', 2.5);
  readonly #rim = new DirectionalLight('#dfe9ff', 1.1);
  readonly #glows = new Group();
  readonly #glow = new SpriteMaterial({ map: glowTexture(), depthTest: false, transparent: true });
  readonly #things = new Group();
  #person = new Person();
  #azimuth = 0;
  #elevation = ELEVATION;
  #extent: Vector3[] = [];
  #joints: readonly number[] = [];

  /** Throws where the browser draws nothing in three dimensions. */
  constructor(canvas: HTMLCanvasElement, { dark, fine }: { dark: boolean; fine: boolean }) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: fine, alpha: true });
    this.#renderer.setPixelRatio(fine ? Math.min(2, devicePixelRatio) : 1);
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.type = PCFShadowMap;
    this.#key.castShadow = true;
    this.#key.shadow.mapSize.set(fine ? 1024 : 512, fine ? 1024 : 512);
    Object.assign(this.#key.shadow.camera, { left: -1.7, right: 1.7, top: 1.9, bottom: -1.9, near: 0.5, far: 9 });
    this.#key.shadow.radius = 5;
    this.#key.shadow.bias = -0.0006;
    this.#key.shadow.normalBias = 0.012;
    const shadow = new Mesh(
      new CircleGeometry(FLOOR_M, 48),
      new ShadowMaterial({ opacity: dark ? 0.45 : 0.2, depthWrite: false }),
    );
    shadow.rotation.x = -Math.PI / 2;
    shadow.position.y = -0.002;
    shadow.receiveShadow = true;
    shadow.renderOrder = -1;
    this.#scene.add(
      floorDisc(dark ? [0.1, 0.12, 0.14] : [0.82, 0.76, 0.68]),
      shadow,
      this.#things,
      this.#person.group,
      this.#glows,
      new HemisphereLight('#fff8ee', '#b49f8c', 1.35),
      new AmbientLight('#ffffff', 0.25),
      this.#key,
      this.#key.target,
      this.#rim,
      this.#rim.target,
    );
  }

  add(part: Part) {
    this.#person.add(part);
  }

  place(things: Group) {
    this.#things.clear();
    this.#things.add(things);
  }

  /** Marks these landmarks. */
  mark(landmarks: readonly number[]) {
    this.#joints = landmarks;
    this.#glows.clear();
    for (const _ of landmarks) {
      const sprite = new Sprite(this.#glow);
      sprite.scale.setScalar(0.26);
      sprite.renderOrder = 5;
      this.#glows.add(sprite);
    }
  }

  /** The camera keeps all of these in view. */
  frame(figures: readonly Figure[], more: readonly Vector3[] = []) {
    this.#extent = [...more];
    for (const { landmarks_m } of figures) {
      for (let i = 0; i < landmarks_m.length; i += 3)
        this.#extent.push(new Vector3(landmarks_m[i], landmarks_m[i + 1], landmarks_m[i + 2]));
    }
    this.#aim();
  }

  /** Degrees, from in front of the person to their right, and up. */
  look(azimuth: number, elevation = ELEVATION) {
    this.#azimuth = azimuth;
    this.#elevation = Math.max(-2, Math.min(70, elevation));
    this.#aim();
  }

  turn(degrees: number, up = 0) {
    this.look(this.#azimuth + degrees, this.#elevation + up);
  }

  size(width: number, height: number) {
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / Math.max(1, height);
    this.#aim();
  }

  show(figure: Figure) {
    this.#person.show(figure);
    this.#glows.children.forEach((sprite, n) => {
      const joint = this.#joints[n] ?? 0;
      sprite.position.copy(landmark(figure, joint));
      // The joint of a hip lies deep, near the groin: its light is on the outside.
      if (joint === 23 || joint === 24) sprite.position.lerp(landmark(figure, 47 - joint), -HIP_OUT);
    });
  }

  draw() {
    this.#renderer.render(this.#scene, this.#camera);
  }

  dispose() {
    this.#person.dispose();
    this.#glow.map?.dispose();
    this.#glow.dispose();
    this.#key.shadow.map?.dispose();
    this.#renderer.dispose();
  }

  #aim() {
    if (this.#extent.length === 0) return;
    const [around, up] = [this.#azimuth * RADIAN, this.#elevation * RADIAN];
    const away = new Vector3(Math.cos(around) * Math.cos(up), Math.sin(up), Math.sin(around) * Math.cos(up));
    const right = new Vector3(Math.sin(around), 0, -Math.cos(around));
    const above = new Vector3().crossVectors(away, right);
    const range = (axis: Vector3) => {
      const along = this.#extent.map((point) => point.dot(axis));
      return [Math.min(...along) - BORDER_M, Math.max(...along) + BORDER_M] as const;
    };
    const [across, high, deep] = [range(right), range(above), range(away)];
    const middle = ([low, top]: readonly [number, number]) => (low + top) / 2;
    const center = new Vector3()
      .addScaledVector(right, middle(across))
      .addScaledVector(above, middle(high))
      .addScaledVector(away, middle(deep));
    const tangent = Math.tan((FIELD_DEG / 2) * RADIAN);
    const reach = Math.max((high[1] - high[0]) / 2, (across[1] - across[0]) / 2 / this.#camera.aspect, 0.55);
    // A turn must not change the distance much, so half of the depth is before the middle.
    this.#camera.position.copy(center).addScaledVector(away, reach / tangent + (deep[1] - deep[0]) * 0.3);
    this.#camera.lookAt(center);
    this.#camera.updateProjectionMatrix();
    // A wall between the camera and the person can be looked through.
    this.#things.traverse((each) => {
      if (each.userData.wall !== undefined) each.visible = away.x * (each.userData.wall as number) < 0.5;
    });
    this.#key.target.position.copy(center);
    this.#key.position
      .copy(center)
      .addScaledVector(away, 1.5)
      .addScaledVector(right, -1.1)
      .add(new Vector3(0, 3.6, 0));
    this.#rim.target.position.copy(center);
    this.#rim.position
      .copy(center)
      .addScaledVector(away, -2.4)
      .addScaledVector(right, 1.8)
      .add(new Vector3(0, 1.8, 0));
  }
}
