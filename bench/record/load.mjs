// SPDX-License-Identifier: Apache-2.0
// How fast the record is: mixed changes and reads, searches, and how both grow from few patients to many. Everything is
// simulated and tagged so (HTEST). The load generator (wrk) runs on the same machine.
//
//   node bench/record/load.mjs [--command build/release/cli/reprise] [--patients 1000,8000,64000] [--seconds 10]
//   [--clients 32]
//                              [--postgres ADDRESS] [--json]

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask, start_server } from '../../tests/server/server.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
}
const command = option('--command', join(here, '../../build/release/cli/reprise'));
const sizes = option('--patients', '1000,8000,64000').split(',').map(Number);
const seconds = Number(option('--seconds', 10));
const clients = Number(option('--clients', 32));
const threads = 2;

const tag = { tag: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] };
const digits = (n, count) => String(n).padStart(count, '0');
/** As bench/record/searches.lua asks for them: 1,000 family names, 389 given names, any day of 80 years. */
const birth_date = (n) => new Date(Date.UTC(1930, 0, 1 + ((n * 7919) % 29200))).toISOString().slice(0, 10);

function patient(n, id = `p${n}`) {
  return {
    resourceType: 'Patient',
    id,
    meta: tag,
    active: true,
    identifier: [{ system: 'https://example.org/load', value: id }],
    name: [{ use: 'official', family: `Family${digits(n % 1000, 3)}`, given: [`Given${digits(n % 389, 3)}`, 'Sim'] }],
    telecom: [{ system: 'phone', value: `+1 555 ${digits(n, 7)}` }],
    gender: n % 2 ? 'male' : 'female',
    birthDate: birth_date(n),
    address: [{ line: [`${n % 300} Test Street`], city: 'Sampletown', postalCode: digits(n % 99999, 5) }],
  };
}

function observation(n, k) {
  return {
    resourceType: 'Observation',
    id: `p${n}-o${k}`,
    meta: tag,
    status: 'final',
    code: { coding: [{ system: 'https://example.org/load', code: `angle-${k}` }] },
    subject: { reference: `Patient/p${n}` },
    effectiveDateTime: `2026-0${(k % 9) + 1}-${digits((n % 28) + 1, 2)}T10:00:00Z`,
    valueQuantity: { value: 90 + (n % 40), unit: 'deg', system: 'http://unitsofmeasure.org', code: 'deg' },
  };
}

async function put_all(base, resources) {
  for (let from = 0; from < resources.length; from += 500) {
    const entry = resources
      .slice(from, from + 500)
      .map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }));
    const done = await ask(
      base,
      'POST',
      '',
      { resourceType: 'Bundle', type: 'transaction', entry },
      { prefer: 'return=minimal' },
    );
    if (done.status !== 200) throw new Error(`loading: ${done.status} ${done.text.slice(0, 500)}`);
  }
}

/** Patients from..to with four observations each. One part is made ready while another is written. */
async function load(base, from, to) {
  let next = from;
  const load_parts = async () => {
    while (next < to) {
      const first = next;
      next = Math.min(first + 100, to);
      const some = [];
      for (let i = first; i < Math.min(first + 100, to); i += 1)
        some.push(patient(i), ...[0, 1, 2, 3].map((k) => observation(i, k)));
      await put_all(base, some);
      process.stderr.write(`\rloading: ${next} patients`);
    }
  };
  await Promise.all([load_parts(), load_parts(), load_parts()]);
  process.stderr.write('\n');
}

/**
 * What bench/record/mixed.lua begins with. One more than it reads first: wrk asks it for a request that it never sends.
 */
async function load_for_mixed(base) {
  for (let thread = 0; thread < threads; thread += 1) {
    const some = [];
    for (let n = 0; n <= 3000; n += 1) some.push(patient(n, `w${thread}-${n}`));
    await put_all(base, some);
  }
}

function wrk(base, script, connections, ...rest) {
  const run = spawnSync(
    'wrk',
    [
      '-t',
      String(threads),
      '-c',
      String(connections),
      '-d',
      `${seconds}s`,
      '-s',
      join(here, script),
      new URL(base).origin,
      '--',
      ...rest,
    ],
    { encoding: 'utf8' },
  );
  const line = /RESULT (.*)/.exec(run.stdout);
  if (!line) throw new Error(run.stdout + run.stderr);
  const { requests, duration_us, p50_us, p99_us, http_errors, socket_errors } = JSON.parse(line[1]);
  return {
    per_second: Math.round(requests / (duration_us / 1e6)),
    requests,
    p50_ms: p50_us / 1000,
    p99_ms: p99_us / 1000,
    errors: http_errors + socket_errors,
  };
}

const memory_mb = (pid) =>
  Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);

const counter_folder = mkdtempSync(join(tmpdir(), 'reprise_bench_'));
const counter = join(counter_folder, 'count_syncs.so');
execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', counter, join(here, 'count_syncs.c'), '-ldl']);
const count_file = join(counter_folder, 'count');
const syncs = () => Number(readFileSync(count_file).readBigUInt64LE(0));

async function start(environment = {}) {
  const begin = performance.now();
  const options = ['--record-check-references', 'false', '--without-sign-in'];
  if (option('--postgres')) options.push('--database-connection', option('--postgres'));
  const server = await start_server(command, options, undefined, {
    LD_PRELOAD: counter,
    COUNT_SYNCS_FILE: count_file,
    ...environment,
  });
  await ask(server.base, 'GET', '/Patient?_count=1');
  return { ...server, start_s: (performance.now() - begin) / 1000 };
}

const report = { clients, seconds, sizes: [] };
let server = await start();
report.start_to_answer_s = server.start_s;
report.idle_memory_mb = memory_mb(server.pid);
let loaded = 0;
for (const size of sizes) {
  await load(server.base, loaded, size);
  loaded = size;
  const searches = wrk(server.base, 'searches.lua', clients, String(size));
  await load_for_mixed(server.base);
  const mixed = wrk(server.base, 'mixed.lua', clients);
  report.sizes.push({ patients: size, searches, mixed, memory_mb: memory_mb(server.pid) });
}
await server.stop();

// The disk's part: 128 clients, with and without waiting for it.
for (const [name, environment] of [
  ['with_sync', {}],
  ['without_sync', { WITHOUT_SYNC: '1' }],
]) {
  server = await start(environment);
  await load_for_mixed(server.base);
  const before = syncs();
  const mixed = wrk(server.base, 'mixed.lua', 128);
  report[name] = { ...mixed, syncs_per_write: (syncs() - before) / (mixed.requests * 0.75) };
  await server.stop();
}
rmSync(counter_folder, { recursive: true });

if (process.argv.includes('--json')) {
  console.log(JSON.stringify(report, null, 2));
} else {
  console.log(
    `start to first answer ${report.start_to_answer_s.toFixed(2)} s, idle memory ${report.idle_memory_mb} MB`,
  );
  for (const { patients, searches, mixed, memory_mb: memory } of report.sizes) {
    for (const [what, one] of Object.entries({ searches, mixed })) {
      console.log(
        `${patients} patients, ${what}: ${one.per_second}/s, p50 ${one.p50_ms} ms, p99 ${one.p99_ms} ms, ` +
          `${one.errors} errors, ${memory} MB`,
      );
    }
  }
  for (const name of ['with_sync', 'without_sync']) {
    console.log(
      `128 clients, ${name}: ${report[name].per_second}/s, ${report[name].syncs_per_write.toFixed(3)} syncs a write, ` +
        `${report[name].errors} errors`,
    );
  }
}
