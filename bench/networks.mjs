// SPDX-License-Identifier: Apache-2.0
// Times the native pose networks against LiteRT.js in Chromium, side by side on this machine, one thread each.
//
//   node bench/networks.mjs [--build build/release] [--rounds 10] [--runs 20] [--without-avx512] [--json]
//
// Both take turns, round by round, so that a busy machine slows both. Reported: the median over all runs of all rounds,
// and its ratio to LiteRT.js. A run is the same for both: input copied in, network, outputs copied out. LiteRT.js
// always computes the person's outline; the trimmed native graph leaves it out. Exit code 1 where a wanted ratio is
// missed.

import { spawn } from 'node:child_process';
import { cpus } from 'node:os';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { builtProgram, root, startLitert } from '../tests/revalidation/litert.mjs';

function number(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}
const rounds = number('--rounds', 10);
const runs = number('--runs', 20);

// With --without-avx512 the native program takes its AVX2 kernels; WebAssembly never uses more than 128 bits.
const withoutAvx512 = process.argv.includes('--without-avx512');

const program = spawn(builtProgram('bench/reprise_network_times'), withoutAvx512 ? ['--without-avx512'] : [], {
  cwd: root,
  stdio: ['pipe', 'pipe', 'inherit'],
});
const lines = createInterface({ input: program.stdout })[Symbol.asyncIterator]();

async function native(name, graph, count) {
  program.stdin.write(`${name} ${graph} ${count}\n`);
  const { value, done } = await lines.next();
  if (done) throw new Error('the native program ended early');
  return value.trim().split(' ').map(Number);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

async function processor() {
  const flags = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const wide = /\bavx512f\b/.test(flags) && !withoutAvx512;
  const vectors = wide ? 'AVX-512' : /\bavx2\b/.test(flags) ? 'AVX2' : 'neither AVX2 nor AVX-512';
  return { name: cpus()[0].model.trim(), vectors };
}

// What the project asks of the full model; other networks are reported only.
const cpu = await processor();
const wanted = { 'full trimmed': cpu.vectors === 'AVX-512' ? 2.5 : 1.8, 'full complete': 1.0 };

const litert = await startLitert();
const rows = [];
try {
  for (const name of ['detector', 'lite', 'full', 'heavy']) {
    const graphs = name === 'detector' ? ['complete'] : ['complete', 'trimmed'];
    const samples = Object.fromEntries([...graphs, 'litert'].map((key) => [key, []]));
    // The browser compiles in two stages; the first runs are slow.
    await litert.times(name, 30);
    for (const graph of graphs) await native(name, graph, 5);
    for (let round = 0; round < rounds; ++round) {
      samples.litert.push(...(await litert.times(name, runs)));
      for (const graph of graphs) samples[graph].push(...(await native(name, graph, runs)));
    }
    const reference = median(samples.litert);
    for (const graph of graphs) {
      const native_ms = median(samples[graph]);
      const ratio = reference / native_ms;
      const limit = wanted[`${name} ${graph}`];
      rows.push({
        network: name,
        graph,
        native_ms,
        litert_ms: reference,
        ratio,
        wanted: limit ?? null,
        pass: limit === undefined || ratio >= limit,
      });
    }
  }
} finally {
  program.stdin.end();
  await litert.close();
}

const pass = rows.every((row) => row.pass);
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ cpu, rounds, runs, browser: litert.version, pass, rows }, null, 1));
} else {
  console.log(
    `${cpu.name} (${cpu.vectors}), one thread, ${rounds} rounds of ${runs} runs; ` +
      `@litertjs/core 2.5.3 in Chromium ${litert.version}`,
  );
  console.log('network   graph      native ms  LiteRT.js ms   ratio  wanted');
  for (const row of rows) {
    console.log(
      [
        row.network.padEnd(9),
        row.graph.padEnd(9),
        row.native_ms.toFixed(2).padStart(10),
        row.litert_ms.toFixed(2).padStart(13),
        row.ratio.toFixed(2).padStart(7),
        (row.wanted?.toFixed(1) ?? '-').padStart(7),
        row.pass ? '' : 'MISSED',
      ].join(' '),
    );
  }
}
process.exitCode = pass ? 0 : 1;
