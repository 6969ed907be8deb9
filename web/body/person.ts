// SPDX-License-Identifier: Apache-2.0
// The person as meshes whose points follow the bones.
import {
  Bone,
  BufferAttribute,
  BufferGeometry,
  Group,
  MeshStandardMaterial,
  Matrix4,
  Skeleton,
  SkinnedMesh,
} from 'three';
import type { Part } from './parts.ts';
import { BONE_COUNT, bonesOf, type Figure } from './pose.ts';
import { MOST_BONES } from './weights.ts';

/** The bones stand in the room by themselves: each frame says where. */
class PlacedBone extends Bone {
  override updateMatrixWorld() {}
}

export class Person {
  readonly group = new Group();
  readonly #bones: PlacedBone[] = Array.from({ length: BONE_COUNT }, () => new PlacedBone());
  readonly #skeletons: Skeleton[] = [];

  add(part: Part) {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(part.positions, 3));
    geometry.setAttribute('normal', new BufferAttribute(part.normals, 3));
    geometry.setAttribute('color', new BufferAttribute(part.colors, 3));
    geometry.setAttribute('skinIndex', new BufferAttribute(part.bones, MOST_BONES));
    geometry.setAttribute('skinWeight', new BufferAttribute(part.weights, MOST_BONES));
    geometry.setIndex(new BufferAttribute(part.triangles, 1));
    const mesh = new SkinnedMesh(
      geometry,
      new MeshStandardMaterial({ vertexColors: true, roughness: part.roughness, metalness: 0 }),
    );
    const skeleton = new Skeleton(
      this.#bones,
      bonesOf(part.rest, false).map((bone) => bone.invert()),
    );
    mesh.bind(skeleton, new Matrix4());
    mesh.frustumCulled = false;
    mesh.castShadow = true;
    mesh.receiveShadow = true;
    this.#skeletons.push(skeleton);
    this.group.add(mesh);
  }

  show(figure: Figure) {
    bonesOf(figure).forEach((matrix, i) => {
      this.#bones[i]?.matrixWorld.copy(matrix);
    });
  }

  dispose() {
    for (const skeleton of this.#skeletons) skeleton.dispose();
    this.group.traverse((each) => {
      if (!(each instanceof SkinnedMesh)) return;
      each.geometry.dispose();
      (each.material as MeshStandardMaterial).dispose();
    });
  }
}
