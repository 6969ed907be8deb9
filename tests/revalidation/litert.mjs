// SPDX-License-Identifier: Apache-2.0
// LiteRT.js in Debian's Chromium: what the native networks are compared with.

import { openPage } from './browser.mjs';

export { builtProgram, root } from './browser.mjs';

/** The file of each network inside the npm package. */
export const modelFiles = {
  detector: 'pose_solution_packed_assets.data',
  lite: 'pose_landmark_lite.tflite',
  full: 'pose_landmark_full.tflite',
  heavy: 'pose_landmark_heavy.tflite',
};
export const inputSides = { detector: 224, lite: 256, full: 256, heavy: 256 };

const page = `<!doctype html><title>LiteRT</title>
<script type="importmap">{"imports": {
  "@litertjs/core": "/@litertjs/core/dist/index.js",
  "@litertjs/wasm-utils": "/@litertjs/wasm-utils/dist/index.js"}}</script>
<script type="module">
import {loadLiteRt, loadAndCompile, Tensor} from '@litertjs/core';
const models = {};
window.prepare = async (name, file) => {
  window.litert ??= await loadLiteRt('/@litertjs/core/wasm/', {threads: false});
  models[name] ??= await loadAndCompile('/@mediapipe/pose/' + file, {accelerator: 'wasm'});
};
// Raw outputs, one behind the other in the order of the model's own list of outputs.
window.outputs = async (name, side) => {
  const values = new Float32Array(await (await fetch('/input')).arrayBuffer());
  const input = new Tensor(values, [1, side, side, 3]);
  const results = await models[name].run(input);
  const parts = results.map((tensor) => ({shape: [...tensor.type.layout.dimensions],
                                          values: Array.from(tensor.toTypedArray())}));
  input.delete();
  results.forEach((tensor) => tensor.delete());
  return parts;
};
// The same work as one run of the native program: input copied in, network, outputs copied out.
window.times = async (name, side, runs) => {
  const values = new Float32Array(side * side * 3).fill(0.5);
  const all = [];
  for (let i = 0; i < runs; ++i) {
    const start = performance.now();
    const input = new Tensor(values, [1, side, side, 3]);
    const results = await models[name].run(input);
    for (const tensor of results) tensor.toTypedArray();
    all.push(performance.now() - start);
    input.delete();
    results.forEach((tensor) => tensor.delete());
  }
  return all;
};
window.ready = true;
</script>`;

/** Starts the browser. `outputs` and `times` run a network in it; `close` ends it and removes its profile. */
export async function startLitert() {
  const state = { input: Buffer.alloc(0) };
  const { tab, version, close } = await openPage(page, (name) => (name === '/input' ? state.input : undefined));
  const prepare = (name) => tab.evaluate(([n, f]) => window.prepare(n, f), [name, modelFiles[name]]);
  return {
    version,
    close,
    async outputs(name, input) {
      state.input = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
      await prepare(name);
      return tab.evaluate(([n, side]) => window.outputs(n, side), [name, inputSides[name]]);
    },
    async times(name, runs) {
      await prepare(name);
      return tab.evaluate(([n, side, r]) => window.times(n, side, r), [name, inputSides[name], runs]);
    },
  };
}
