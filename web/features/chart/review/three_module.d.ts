// What of three.js is used (npm three); its own types come as seven packages more.

declare module 'three' {
  export class Vector3 {
    x: number;
    y: number;
    z: number;
    constructor(x?: number, y?: number, z?: number);
    set(x: number, y: number, z: number): this;
    copy(other: Vector3): this;
    add(other: Vector3): this;
    addVectors(a: Vector3, b: Vector3): this;
    subVectors(a: Vector3, b: Vector3): this;
    multiplyScalar(scale: number): this;
    applyAxisAngle(axis: Vector3, angle: number): this;
    distanceTo(other: Vector3): number;
    length(): number;
    normalize(): this;
  }
  export class Quaternion {
    identity(): this;
    setFromUnitVectors(from: Vector3, to: Vector3): this;
  }
  export class Matrix4 {
    compose(position: Vector3, turn: Quaternion, scale: Vector3): this;
  }
  export class Color {
    constructor(value: string);
  }
  export class Object3D {
    position: Vector3;
    visible: boolean;
    frustumCulled: boolean;
    add(...children: Object3D[]): this;
  }
  export class Scene extends Object3D {}
  export class PerspectiveCamera extends Object3D {
    aspect: number;
    constructor(degrees: number, aspect: number, near: number, far: number);
    updateProjectionMatrix(): void;
  }
  export class BufferGeometry {
    dispose(): void;
  }
  export class CylinderGeometry extends BufferGeometry {
    constructor(top: number, bottom: number, height: number, sides: number);
  }
  export class SphereGeometry extends BufferGeometry {
    constructor(radius: number, across: number, down: number);
  }
  export class Material {
    dispose(): void;
  }
  export class MeshLambertMaterial extends Material {
    constructor(how?: { color?: string });
  }
  export class InstancedMesh extends Object3D {
    instanceMatrix: { needsUpdate: boolean };
    instanceColor: { needsUpdate: boolean } | null;
    constructor(geometry: BufferGeometry, material: Material, count: number);
    setMatrixAt(index: number, matrix: Matrix4): void;
    setColorAt(index: number, colour: Color): void;
  }
  export class HemisphereLight extends Object3D {
    constructor(sky: string, ground: string, strength: number);
  }
  export class DirectionalLight extends Object3D {
    constructor(colour: string, strength: number);
  }
  export class GridHelper extends Object3D {
    material: Material;
    geometry: BufferGeometry;
    constructor(size: number, parts: number, middle: string, others: string);
  }
  export class WebGLRenderer {
    constructor(how: { canvas: HTMLCanvasElement; antialias?: boolean; alpha?: boolean });
    setPixelRatio(ratio: number): void;
    setSize(width: number, height: number, style: boolean): void;
    render(scene: Scene, camera: PerspectiveCamera): void;
    dispose(): void;
  }
}

declare module 'three/addons/controls/OrbitControls.js' {
  import type { PerspectiveCamera, Vector3 } from 'three';
  export class OrbitControls {
    target: Vector3;
    enablePan: boolean;
    minDistance: number;
    maxDistance: number;
    constructor(camera: PerspectiveCamera, element: HTMLElement);
    addEventListener(what: 'change', listener: () => void): void;
    update(): boolean;
    dispose(): void;
  }
}
