// SPDX-License-Identifier: Apache-2.0
// The disk becomes full while clients write. Acknowledged writes stay, no transaction is stored by half, refusals are
// OperationOutcomes, reading goes on, and when there is room again writing does, too, without a restart.
//
//   node tests/server/full_disk.mjs REPRISE_COMMAND [--postgres PROGRAM]
//
// PROGRAM: reprise_private_postgres_server; then its disk becomes full. The small disk is a tmpfs in namespaces of this
// test; where the machine allows none, it ends with 77.

import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ask, start_server } from './server.mjs';

const command = process.argv[2];
function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
const disk = option('--disk');
const postgres = option('--postgres');

// In a namespace where it is root it makes the disk, and in one where it is not it goes on: PostgreSQL refuses to run
// as root.
function begin_again_on_a_small_disk() {
  if (spawnSync('unshare', ['-rm', 'unshare', '--user', '--map-user=1000', '--map-group=1000', 'true']).status !== 0) {
    console.log('skipped: this machine forbids namespaces (unshare), so there is no small disk');
    process.exit(77);
  }
  const folder = mkdtempSync(join(tmpdir(), 'reprise_full_disk_'));
  const run = spawnSync(
    'unshare',
    [
      '-rm',
      'sh',
      '-c',
      'mount -t tmpfs -o size=$1 tmpfs "$2" && shift 2 && exec unshare --user --map-user=1000 --map-group=1000 "$@"',
      'sh',
      postgres ? '192m' : '32m',
      folder,
      process.execPath,
      fileURLToPath(import.meta.url),
      ...process.argv.slice(2),
      '--disk',
      folder,
    ],
    { stdio: 'inherit', env: { ...process.env, TMPDIR: folder } },
  );
  rmdirSync(folder);
  process.exit(run.status ?? 1);
}
if (!disk) begin_again_on_a_small_disk();

const options = ['--record-check-references', 'false', '--without-sign-in'];
let database;
if (postgres) {
  database = spawn(postgres, [], { stdio: ['pipe', 'pipe', 'inherit'] });
  options.push(
    '--database-connection',
    await new Promise((resolve) => {
      createInterface({ input: database.stdout }).once('line', resolve);
    }),
  );
}
const folder = join(disk, 'record');
mkdirSync(folder);
const server = await start_server(command, [...options, '--log-level', 'off'], folder);

// So much stays free that some changes go well first.
const free = () => {
  const { bavail, bsize } = statfsSync(disk);
  return bavail * bsize;
};
const ballast = join(disk, 'ballast');
writeFileSync(ballast, Buffer.alloc(free() - 3_000_000));

const acknowledged = new Map(); // "Basic/x" → its text
const pairs = [];
const refusals = [];
const basic = (id) => ({ resourceType: 'Basic', id, code: { text: randomBytes(15_000).toString('base64') } });

function look_at_refusal({ status, json, headers }) {
  assert.ok(status === 503 || status === 507, `status ${status}`);
  assert.equal(json.resourceType, 'OperationOutcome');
  assert.match(json.issue[0].diagnostics, /the disk is full/);
  assert.ok(headers.get('retry-after'));
  refusals.push(status);
}

async function write_until_refused(writer) {
  for (let i = 0, refused = 0; refused < 4 && i < 300; i += 1) {
    const id = `w${writer}i${i}`;
    if (i % 3 === 2) {
      const both = [basic(`${id}a`), basic(`${id}b`)];
      pairs.push(id);
      const entry = both.map((resource) => ({ resource, request: { method: 'PUT', url: `Basic/${resource.id}` } }));
      const done = await ask(server.base, 'POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
      if (done.status === 200) for (const one of both) acknowledged.set(`Basic/${one.id}`, one.code.text);
      else {
        refused += 1;
        look_at_refusal(done);
      }
    } else {
      const resource = basic(id);
      const done = await ask(server.base, 'PUT', `/Basic/${id}`, resource);
      if (done.status === 201) acknowledged.set(`Basic/${id}`, resource.code.text);
      else {
        refused += 1;
        look_at_refusal(done);
      }
    }
  }
}

async function look(base) {
  for (const [address, text] of acknowledged) {
    const read = await ask(base, 'GET', `/${address}`);
    assert.equal(read.status, 200, `${address} was acknowledged and is lost`);
    assert.equal(read.json.code.text, text);
  }
  for (const pair of pairs) {
    const [a, b] = [
      (await ask(base, 'GET', `/Basic/${pair}a`)).status,
      (await ask(base, 'GET', `/Basic/${pair}b`)).status,
    ];
    assert.equal(a, b, `${pair}: half a transaction`);
    assert.equal(a, acknowledged.has(`Basic/${pair}a`) ? 200 : 404, `${pair}: not as its answer said`);
  }
}

await Promise.all([0, 1, 2, 3, 4, 5].map(write_until_refused));
assert.ok(acknowledged.size >= 10, `only ${acknowledged.size} changes before the disk was full`);
assert.ok(refusals.length >= 6, 'the disk did not become full');
await look(server.base); // reading goes on

rmSync(ballast);
const before = acknowledged.size;
for (let i = 0; i < 20; i += 1) {
  const resource = basic(`after${i}`);
  const done = await ask(server.base, 'PUT', `/Basic/after${i}`, resource);
  assert.equal(done.status, 201, `with room again: ${done.text.slice(0, 300)}`);
  acknowledged.set(`Basic/after${i}`, resource.code.text);
}
await look(server.base);
await server.kill();

const again = await start_server(command, options, folder);
await look(again.base);
process.kill(again.pid, 'SIGTERM');
assert.equal(await again.ended, 0);
const said = JSON.parse(
  execFileSync(
    command,
    ['audit', 'verify', '--json', '--record-folder', folder, ...(postgres ? options.slice(-2) : [])],
    { encoding: 'utf8' },
  ),
);
assert.deepEqual(said.findings, []);
database?.stdin.end();
console.log(
  `${before} changes before the disk was full, ${refusals.length} refused, none lost or by half; ` +
    `${acknowledged.size - before} with room again`,
);
