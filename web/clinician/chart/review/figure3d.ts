// SPDX-License-Identifier: Apache-2.0
// A person of 33 points in three dimensions, to be looked at from all around. Drawn only when something has changed.
import {
  Color,
  CylinderGeometry,
  DirectionalLight,
  GridHelper,
  HemisphereLight,
  InstancedMesh,
  Matrix4,
  MeshLambertMaterial,
  PerspectiveCamera,
  Quaternion,
  Scene,
  SphereGeometry,
  Vector3,
  WebGLRenderer,
} from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { Bone } from 'reprise-engine';
import { drawnByProcessor } from '../../../body/graphics.ts';
import { EARS, SURE } from '../../../components/bones.ts';
import { LANDMARKS } from './movement.ts';

const BONE_M = 0.022;
const HEAD_M = 0.1;
const EYE_HEIGHT_M = 0.9;
const FAR_M = 3.4;
const TURN = Math.PI / 12;

export type View = 'camera' | 'front' | 'side' | 'top';
export const VIEWS: readonly View[] = ['camera', 'front', 'side', 'top'];
export interface Colors {
  left: string;
  right: string;
  middle: string;
  unsure: string;
  grid: string;
}

export class Figure3d {
  #renderer: WebGLRenderer;
  #scene = new Scene();
  #camera = new PerspectiveCamera(40, 1, 0.05, 50);
  #controls: OrbitControls;
  readonly #skeleton: readonly Bone[];
  #bones: InstancedMesh;
  #head: InstancedMesh;
  #colors: Record<'left' | 'right' | 'middle' | 'unsure', Color>;
  #grid: GridHelper;
  #dirty = true;

  /** Throws where the browser draws nothing in three dimensions. */
  constructor(canvas: HTMLCanvasElement, colors: Colors, skeleton: readonly Bone[]) {
    this.#skeleton = skeleton;
    this.#renderer = new WebGLRenderer({ canvas, antialias: !drawnByProcessor(), alpha: true });
    this.#renderer.setPixelRatio(Math.min(2, devicePixelRatio));
    this.#colors = {
      left: new Color(colors.left),
      right: new Color(colors.right),
      middle: new Color(colors.middle),
      unsure: new Color(colors.unsure),
    };
    this.#bones = new InstancedMesh(
      new CylinderGeometry(BONE_M, BONE_M, 1, 10),
      new MeshLambertMaterial(),
      skeleton.length,
    );
    this.#head = new InstancedMesh(new SphereGeometry(HEAD_M, 20, 14), new MeshLambertMaterial(), 1);
    this.#head.setColorAt(0, this.#colors.middle);
    this.#grid = new GridHelper(4, 16, colors.grid, colors.grid);
    const light = new DirectionalLight('#ffffff', 1.6);
    light.position.set(2, 4, 3);
    for (const mesh of [this.#bones, this.#head]) mesh.frustumCulled = false;
    this.#scene.add(this.#grid, this.#bones, this.#head, new HemisphereLight('#ffffff', '#8899a6', 1.6), light);
    this.#controls = new OrbitControls(this.#camera, canvas);
    this.#controls.enablePan = false;
    this.#controls.minDistance = 1;
    this.#controls.maxDistance = 10;
    this.#controls.target.set(0, EYE_HEIGHT_M, 0);
    this.#controls.addEventListener('change', () => {
      this.#dirty = true;
      this.draw();
    });
  }

  size(width: number, height: number) {
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / Math.max(1, height);
    this.#camera.updateProjectionMatrix();
    this.#dirty = true;
    this.draw();
  }

  /** `camera`: as in a Movement; `side`: from which a view from the side looks. */
  look(view: View, camera: number, side: 'left' | 'right') {
    const angle = { camera, front: 0, side: side === 'left' ? Math.PI / 2 : -Math.PI / 2, top: 0 }[view];
    const away =
      view === 'top'
        ? new Vector3(0, FAR_M, 0.01)
        : new Vector3(Math.sin(angle) * FAR_M, 0.25, Math.cos(angle) * FAR_M);
    this.#camera.position.addVectors(this.#controls.target, away);
    this.#controls.update();
  }

  /** For keys: around, by parts of a circle. */
  turn(parts: number) {
    const away = new Vector3()
      .subVectors(this.#camera.position, this.#controls.target)
      .applyAxisAngle(new Vector3(0, 1, 0), parts * TURN);
    this.#camera.position.addVectors(this.#controls.target, away);
    this.#controls.update();
  }

  /** Shows `points`: 33 times x, y, z; undefined: no person was detected. */
  show(points: ArrayLike<number> | undefined, visibility: ArrayLike<number> | undefined) {
    this.#bones.visible = points !== undefined;
    this.#head.visible = points !== undefined;
    if (points) this.#pose(points, visibility);
    this.#dirty = true;
    this.draw();
  }

  #pose(points: ArrayLike<number>, visibility: ArrayLike<number> | undefined) {
    const at = (i: number) => new Vector3(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
    const matrix = new Matrix4();
    const up = new Vector3(0, 1, 0);
    const sure = (i: number) => visibility === undefined || i >= LANDMARKS || (visibility[i] ?? 0) >= SURE;
    this.#skeleton.forEach((bone, i) => {
      const [from, to] = [at(bone.from), at(bone.to)];
      const along = new Vector3().subVectors(to, from);
      const length = Math.max(1e-4, along.length());
      const turn = new Quaternion().setFromUnitVectors(up, along.multiplyScalar(1 / length));
      this.#bones.setMatrixAt(
        i,
        matrix.compose(new Vector3().addVectors(from, to).multiplyScalar(0.5), turn, new Vector3(1, length, 1)),
      );
      this.#bones.setColorAt(i, this.#colors[sure(bone.from) && sure(bone.to) ? (bone.side ?? 'middle') : 'unsure']);
    });
    this.#bones.instanceMatrix.needsUpdate = true;
    if (this.#bones.instanceColor) this.#bones.instanceColor.needsUpdate = true;
    const head = new Vector3().addVectors(at(EARS[0]), at(EARS[1])).multiplyScalar(0.5);
    this.#head.setMatrixAt(0, matrix.compose(head, new Quaternion().identity(), new Vector3(1, 1, 1)));
    this.#head.instanceMatrix.needsUpdate = true;
  }

  draw() {
    if (!this.#dirty) return;
    this.#dirty = false;
    this.#renderer.render(this.#scene, this.#camera);
  }

  dispose() {
    this.#controls.dispose();
    this.#renderer.dispose();
    this.#grid.geometry.dispose();
    this.#grid.material.dispose();
  }
}
