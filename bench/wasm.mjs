// SPDX-License-Identifier: Apache-2.0
// Times the engine in WebAssembly (under this node, whose V8 is Chromium's) against the native build, and weighs the
// browser's module.
//
//   node bench/wasm.mjs [--build build/release] [--wasm build/wasm] [--rounds 5] [--turns 4] [--json]
//
// The two programs take turns, so that a busy machine slows both. Compared are the medians over all rounds, and the
// quickest rounds, to which the limits apply: other work only ever adds time, and it keeps V8 from finishing its
// second, fast compilation. "coach through the module" is the same work driven from JavaScript, as a page drives it:
// numbers copied in, events out. Exit code 1 where a limit is missed.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('../', import.meta.url));
function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
}
const rounds = Number(option('--rounds', 5));
const turns = Number(option('--turns', 4));
const built = (name) => {
  const file = path.resolve(root, name);
  if (existsSync(file)) return file;
  console.error(`${file} is missing: run \`make bench\`, or build the presets release and wasm`);
  process.exit(2);
};
const native = built(path.join(option('--build', 'build/release'), 'bench/reprise_engine_times'));
const wasm = built(path.join(option('--wasm', 'build/wasm'), 'bench/reprise_engine_times.js'));
const module = path.join(option('--wasm', 'build/wasm'), 'module');

const ratioLimits = { coach: 2.5, fit: 2.5, fit_of_video: 2.5, live_fit: 2.5 };
const sizeLimit = 1.5e6;
const roundMs = 100;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Gives a function that takes one round, as long as those of engine_times.cpp: microseconds a frame. */
async function throughModule() {
  const { loadReprise } = await import(pathToFileURL(built(path.join(module, 'reprise.mjs'))));
  const reprise = await loadReprise({ wasm: readFileSync(built(path.join(module, 'reprise_engine.wasm'))) });
  const squat = reprise.exercise(readFileSync(path.join(root, 'catalog/exercises/squat.json'), 'utf8'));
  const frames = squat.simulate({ repetitions: 10, noise_m: 0.008, seed: 7 });
  return () => {
    const begin = performance.now();
    let sets = 0;
    for (; performance.now() - begin < roundMs; ++sets) {
      const coach = squat.coach();
      for (const frame of frames) coach.step(frame);
      if (coach.count !== 10) throw new Error(`the module counted ${coach.count} of 10`);
      coach.release();
    }
    return ((performance.now() - begin) * 1e3) / (sets * frames.length);
  };
}

const samples = { native: {}, wasm: {} };
const add = (to, times) => {
  for (const [work, values] of Object.entries(times)) (to[work] ??= []).push(...values);
};
const oneRound = await throughModule();
for (let i = 0; i < 3; ++i) oneRound(); // warm-up
for (let turn = 0; turn < turns; ++turn) {
  add(samples.native, JSON.parse(execFileSync(native, [String(rounds)], { encoding: 'utf8' })));
  add(samples.wasm, JSON.parse(execFileSync(process.execPath, [wasm, String(rounds)], { encoding: 'utf8' })));
  add(samples.wasm, { 'coach through the module': Array.from({ length: rounds }, oneRound) });
}
samples.native['coach through the module'] = samples.native.coach;

const rows = Object.keys(samples.wasm).map((work) => {
  const [native_us, wasm_us] = [median(samples.native[work]), median(samples.wasm[work])];
  const quickest = Math.min(...samples.wasm[work]) / Math.min(...samples.native[work]);
  const limit = ratioLimits[work] ?? null;
  return {
    work,
    native_us,
    wasm_us,
    ratio: wasm_us / native_us,
    quickest,
    limit,
    pass: limit === null || quickest <= limit,
  };
});
const sizes = ['reprise_engine.wasm', 'reprise_engine.mjs', 'reprise.mjs'].map((name) => {
  const file = built(path.join(module, name));
  return { name, bytes: statSync(file).size, gzip: gzipSync(readFileSync(file), { level: 9 }).length };
});
const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
const pass = rows.every((row) => row.pass) && total <= sizeLimit;

if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ node: process.version, rows, sizes, total, sizeLimit, pass }, null, 1));
} else {
  console.log(`WebAssembly under node ${process.version}, ${turns} turns of ${rounds} rounds, microseconds a frame`);
  console.log('work                         native     wasm   ratio  quickest  limit');
  for (const row of rows) {
    const limit = row.limit?.toFixed(1) ?? '-';
    console.log(
      [
        row.work.padEnd(26),
        row.native_us.toFixed(2).padStart(8),
        row.wasm_us.toFixed(2).padStart(8),
        row.ratio.toFixed(2).padStart(7),
        row.quickest.toFixed(2).padStart(9),
        limit.padStart(6),
        row.pass ? '' : 'MISSED',
      ].join(' '),
    );
  }
  for (const { name, bytes, gzip } of sizes) console.log(`${name.padEnd(26)} ${bytes} bytes (gzip ${gzip})`);
  console.log(`${'together'.padEnd(26)} ${total} bytes, limit ${sizeLimit}${total <= sizeLimit ? '' : ' MISSED'}`);
}
process.exitCode = pass ? 0 : 1;
