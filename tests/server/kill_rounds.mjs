// SPDX-License-Identifier: Apache-2.0
// Kills the server under load (SIGKILL), again and again, and looks afterwards whether everything that it acknowledged
// is there, no transaction is there by half, and the audit log is whole.
//
//   node tests/server/kill_rounds.mjs REPRISE_COMMAND [--rounds 20] [--postgres PROGRAM] [--json]
//
// PROGRAM: reprise_private_postgres, which starts a server of its own.

import { execFileSync, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ask, start_server } from './server.mjs';

const command = process.argv[2];
function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
}
const rounds = Number(option('--rounds', 20));
const options = ['--record-check-references', 'false', '--without-sign-in'];

let database;
if (option('--postgres')) {
  database = spawn(option('--postgres'), [], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [address] = await new Promise((resolve) => {
    createInterface({ input: database.stdout }).once('line', (line) => resolve([line]));
  });
  options.push('--database-connection', address);
}
const where = (folder) => ['--record-folder', folder, ...(option('--postgres') ? options.slice(-2) : [])];

let seed = 1;
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
};

const acknowledged = new Map(); // "Patient/x" → its newest acknowledged version
const sent_pairs = []; // ids of transactions that write two resources
const acknowledged_pairs = new Set();

/** Writes until the server is gone. */
async function write_on(base, round, writer) {
  for (let i = 0; ; i += 1) {
    const id = `r${round}w${writer}i${i % 5}`;
    try {
      if (i % 4 === 3) {
        const pair = `r${round}w${writer}p${i}`;
        sent_pairs.push(pair);
        const entry = ['a', 'b'].map((part) => ({
          resource: { resourceType: 'Basic', id: `${pair}${part}`, code: { text: 'pair' } },
          request: { method: 'PUT', url: `Basic/${pair}${part}` },
        }));
        const done = await ask(base, 'POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
        if (done.status === 200) acknowledged_pairs.add(pair);
      } else {
        const done = await ask(base, 'PUT', `/Patient/${id}`, { resourceType: 'Patient', id, active: i % 2 === 0 });
        if (done.status < 300) acknowledged.set(`Patient/${id}`, Number(done.json.meta.versionId));
      }
    } catch {
      return;
    }
  }
}

async function look(base, problems) {
  for (const [address, version] of acknowledged) {
    const read = await ask(base, 'GET', `/${address}`);
    if (read.status !== 200 || Number(read.json.meta.versionId) < version)
      problems.push(`${address}: version ${version} was acknowledged and is lost`);
  }
  for (const pair of sent_pairs) {
    const [a, b] = [
      (await ask(base, 'GET', `/Basic/${pair}a`)).status,
      (await ask(base, 'GET', `/Basic/${pair}b`)).status,
    ];
    if (a !== b) problems.push(`${pair}: half a transaction (${a}, ${b})`);
    if (acknowledged_pairs.has(pair) && a !== 200) problems.push(`${pair}: an acknowledged transaction is lost`);
  }
}

const problems = [];
let folder;
let writes = 0;
for (let round = 0; round < rounds && problems.length === 0; round += 1) {
  acknowledged.clear();
  sent_pairs.length = 0;
  acknowledged_pairs.clear();
  const server = await start_server(command, options, folder);
  folder = server.folder;
  const writers = Array.from({ length: 16 }, (_, writer) => write_on(server.base, round, writer));
  await new Promise((resolve) => {
    setTimeout(resolve, 30 + random() * 250);
  });
  await server.kill();
  await Promise.all(writers);
  writes += acknowledged.size + acknowledged_pairs.size;
  const again = await start_server(command, options, folder);
  await look(again.base, problems);
  process.kill(again.pid, 'SIGTERM');
  await again.ended;
  if (round === rounds - 1) {
    const said = JSON.parse(
      execFileSync(command, ['audit', 'verify', '--json', ...where(folder)], { encoding: 'utf8' }),
    );
    if (said.findings.length > 0) problems.push(`the audit log: ${JSON.stringify(said.findings[0])}`);
  }
  if (process.stderr.isTTY) process.stderr.write(`\rround ${round + 1} of ${rounds}`);
}
database?.stdin.end();
rmSync(folder, { recursive: true, force: true });
for (const problem of problems) console.log(problem);
console.log(
  `${rounds} rounds of SIGKILL, ${writes} resources and transactions with acknowledged writes: ` +
    `${problems.length} lost or by half`,
);
process.exit(problems.length === 0 && writes > rounds ? 0 : 1);
