// SPDX-License-Identifier: Apache-2.0
// Compares the raw outputs of the native pose networks with LiteRT.js in Chromium on identical input.
//
//   node tests/revalidation/litert_parity.mjs [--build build/release] [--json]
//
// Inputs: a person cut from a photo (npm @vladmandic/human, assets/samples.jpg) and seeded noise. Every network, every
// output; the landmark networks as published and trimmed. Exit code 1 where a limit is exceeded.

import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { builtProgram, inputSides, root, startLitert } from './litert.mjs';

const reference = '@litertjs/core 2.5.3';
const json = process.argv.includes('--json');
const program = builtProgram('tests/revalidation/reprise_network_outputs');

// What the pipeline reads must agree within 1e-3: pixels of the crop for landmarks and of the detector's picture for
// the boxes of candidates (logit above 0), meters, logits and probabilities elsewhere. Two unused outputs reach values
// above a thousand, the boxes of anchors without a person and the outline's logits: there single precision itself
// allows only a relative limit, which still catches a network wired wrongly.
const limits = { absolute: 1e-3, relative: 1e-4 };
const relativeOutputs = new Set(['all boxes', 'outline']);

// In the model's own order.
const landmarkOutputs = ['landmarks', 'presence', 'outline', 'heatmap', 'world_m'];

/** A standing person out of the sheet of samples, as high as a black square of the network's size; 0..255 RGB. */
function photo(side) {
  const file = path.join(root, 'node_modules/@vladmandic/human/assets/samples.jpg');
  const filter = `crop=87:157:546:0,scale=${Math.floor((side * 87) / 157)}:${side},pad=${side}:${side}:(ow-iw)/2:0`;
  return execFileSync('ffmpeg', [
    '-v',
    'error',
    '-i',
    file,
    '-vf',
    `format=rgb24,${filter}`,
    '-frames:v',
    '1',
    '-f',
    'rawvideo',
    '-pix_fmt',
    'rgb24',
    '-',
  ]);
}

/** Uniform noise in [0, 1) from a 32-bit generator of Marsaglia's xorshift family. */
function noise(count, seed = 1) {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  });
}

/** Each network's input in its own range: the detector takes [-1, 1], the landmark networks [0, 1]. */
function inputs(name) {
  const side = inputSides[name];
  const scale = (values) => (name === 'detector' ? values.map((v) => v * 2 - 1) : values);
  return {
    photo: scale(Float32Array.from(photo(side), (v) => v / 255)),
    noise: scale(noise(side * side * 3)),
  };
}

async function native(folder, name, input, ...options) {
  const from = path.join(folder, 'input.f32');
  const to = path.join(folder, 'output.f32');
  await writeFile(from, Buffer.from(input.buffer));
  execFileSync(program, [name, from, to, ...options], { cwd: root, stdio: 'inherit' });
  const bytes = await readFile(to);
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** The largest differences between two lists; NaN or a missing number counts as infinitely far. */
function difference(expected, got) {
  let absolute = expected.length === got.length ? 0 : Infinity;
  let largest = 0;
  expected.forEach((value, i) => {
    absolute = Math.max(absolute, Number.isFinite(got[i]) ? Math.abs(got[i] - value) : Infinity);
    largest = Math.max(largest, Math.abs(value));
  });
  return { count: expected.length, largest_value: largest, max_difference: absolute };
}

/** Cuts the native program's joint output into one list for each of the reference's outputs. */
function cut(values, reference) {
  let offset = 0;
  const parts = reference.map(({ values: { length } }) => values.subarray(offset, (offset += length)));
  if (offset !== values.length) throw new Error(`${values.length} numbers instead of ${offset}`);
  return parts;
}

/** The detector's boxes with a logit above 0 in the reference. */
function candidates(boxes, logits) {
  return boxes.filter((_, i) => logits[Math.floor(i / 12)] > 0);
}

function compare(name, graph, reference, values) {
  if (name === 'detector') {
    const [[boxes, logits], [gotBoxes, gotLogits]] = [reference.map((part) => part.values), cut(values, reference)];
    return [
      ['boxes', difference(candidates(boxes, logits), candidates(gotBoxes, logits))],
      ['all boxes', difference(boxes, gotBoxes)],
      ['logits', difference(logits, gotLogits)],
    ];
  }
  const kept = landmarkOutputs.map((_, i) => i).filter((i) => graph === 'complete' || landmarkOutputs[i] !== 'outline');
  const parts = kept.map((i) => reference[i]);
  return cut(values, parts).map((got, i) => [landmarkOutputs[kept[i]], difference(parts[i].values, got)]);
}

const rows = [];
const folder = await mkdtemp(path.join(tmpdir(), 'reprise-parity-'));
const litert = await startLitert();
try {
  for (const name of ['detector', 'lite', 'full', 'heavy']) {
    for (const [kind, input] of Object.entries(inputs(name))) {
      const expected = await litert.outputs(name, input);
      for (const graph of name === 'detector' ? ['complete'] : ['complete', 'trimmed']) {
        const values = await native(folder, name, input, ...(graph === 'trimmed' ? ['--trimmed'] : []));
        for (const [output, measured] of compare(name, graph, expected, values)) {
          const limit = relativeOutputs.has(output) ? limits.relative * measured.largest_value : limits.absolute;
          rows.push({
            network: name,
            graph,
            input: kind,
            output,
            ...measured,
            limit,
            pass: measured.max_difference <= limit,
          });
        }
      }
    }
  }
} finally {
  await litert.close();
  await rm(folder, { recursive: true, force: true });
}

// A photo without a detected person would compare no relevant value.
const seen = rows.find((row) => row.network === 'detector' && row.input === 'photo' && row.output === 'boxes').count;
const pass = seen > 0 && rows.every((row) => row.pass);
if (json) {
  console.log(JSON.stringify({ reference, browser: litert.version, limits, pass, rows }, null, 1));
} else {
  console.log(`native networks against ${reference} in Chromium ${litert.version}`);
  console.log('network   graph     input  output       numbers  largest value  max difference    limit');
  for (const row of rows) {
    console.log(
      [
        row.network.padEnd(9),
        row.graph.padEnd(9),
        row.input.padEnd(6),
        row.output.padEnd(10),
        String(row.count).padStart(9),
        row.largest_value.toFixed(3).padStart(14),
        row.max_difference.toExponential(2).padStart(15),
        row.limit.toExponential(0).padStart(8),
        row.pass ? '' : 'FAIL',
      ].join(' '),
    );
  }
  if (seen === 0) console.log('FAIL: the detector saw no person in the photo');
}
process.exitCode = pass ? 0 : 1;
