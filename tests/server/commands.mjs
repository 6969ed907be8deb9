// SPDX-License-Identifier: Apache-2.0
// The record's commands, as an administrator uses them: backup and restore, another key, tokens, settings, the audit
// log, TLS, and what a stranger on the network gets.
//
//   node tests/server/commands.mjs REPRISE_COMMAND

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { connect } from 'node:net';
import { connect as tls_connect } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask, start_server } from './server.mjs';

const command = process.argv[2];
const run = (...options) => spawnSync(command, options, { encoding: 'utf8' });
const scratch = mkdtempSync(join(tmpdir(), 'reprise_commands_'));

const server = await start_server(command);
const where = ['--record-folder', server.folder];

// Security finding F21: memory, and the keys in it, is written into no core dump.
if (process.platform === 'linux') {
  assert.match(readFileSync(`/proc/${server.pid}/limits`, 'utf8'), /Max core file size +0 +0 /);
}

// Tokens: made, used, listed without their secrets, ended at once.
const token = run('token', 'create', '--name', 'first', '--scopes', 'system/*.cruds', ...where).stdout.trim();
const bearer = { authorization: `Bearer ${token}` };
assert.equal(
  (await ask(server.base, 'PUT', '/Patient/p', { resourceType: 'Patient', id: 'p', active: true }, bearer)).status,
  201,
);
const second = run('token', 'create', '--name', 'second', '--scopes', 'system/Patient.r', ...where).stdout.trim();
assert.equal(
  (await ask(server.base, 'GET', '/Patient/p', undefined, { authorization: `Bearer ${second}` })).status,
  200,
);
const listed = run('token', 'list', ...where).stdout;
assert.ok(listed.includes('second') && !listed.includes(second));
const id = listed
  .split('\n')
  .find((line) => line.endsWith('second'))
  .split(' ')[0];
assert.equal(run('token', 'revoke', id, ...where).status, 0);
assert.equal(
  (await ask(server.base, 'GET', '/Patient/p', undefined, { authorization: `Bearer ${second}` })).status,
  401,
);
assert.equal(run('token', 'revoke', id, ...where).status, 3);
assert.notEqual(run('token', 'create', '--name', 'x', '--scopes', 'everything', ...where).status, 0);

// A backup while it is served; what comes after is not in it.
const backup = join(scratch, 'backup.db');
assert.equal(run('backup', backup, ...where).status, 0);
assert.equal(run('backup', backup, ...where).status, 6, 'overwrote a backup');
assert.equal(
  (await ask(server.base, 'PUT', '/Patient/later', { resourceType: 'Patient', id: 'later' }, bearer)).status,
  201,
);
assert.equal(run('restore', backup, ...where).status, 6, 'restored over a record');
assert.equal((await ask(server.base, 'GET', '/Patient/later', undefined, bearer)).status, 200);

// Health, for monitoring.
const plain = async (path) => (await fetch(`${server.origin}${path}`)).text();
assert.equal(await plain('/healthz'), 'ok\n');
assert.equal(await plain('/readyz'), 'ready\n');
const metrics = await plain('/metrics');
assert.match(metrics, /interaction="update"/);
assert.ok(!metrics.includes('Patient/p') && !metrics.includes('later'));
const page = await fetch(`${server.origin}/`);
assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
assert.match(await page.text(), /FHIR R4/);

process.kill(server.pid, 'SIGTERM');
assert.equal(await server.ended, 0);

// A newer certificate in the files that the settings name is taken while it runs.
const files = { certificate: join(scratch, 'site.pem'), key: join(scratch, 'site.key') };
const make_certificate = () =>
  assert.equal(
    spawnSync('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=localhost',
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      files.key,
      '-out',
      files.certificate,
    ]).status,
    0,
  );
make_certificate();
const renewing = await start_server(command, [
  '--listen-tls',
  'true',
  '--listen-certificate',
  files.certificate,
  '--listen-key',
  files.key,
]);
const shown = () =>
  new Promise((resolve, reject) => {
    const socket = tls_connect(
      { port: Number(new URL(renewing.base).port), host: '127.0.0.1', rejectUnauthorized: false },
      () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      },
    );
    socket.on('error', reject);
  });
const before = await shown();
make_certificate();
assert.equal(await shown(), before);
process.kill(renewing.pid, 'SIGHUP');
const patience = Date.now() + 20_000;
while ((await shown()) === before) assert.ok(Date.now() < patience, 'the newer certificate is not shown');
assert.equal(await renewing.stop(), 0);

// Restored elsewhere, with the key.
const restored = join(scratch, 'restored');
mkdirSync(restored, { mode: 0o700 });
for (const key of ['record.key', 'audit.key']) copyFileSync(join(server.folder, key), join(restored, key));
assert.equal(run('restore', backup, '--record-folder', restored).status, 0);
const again = await start_server(command, [], restored);
assert.equal((await ask(again.base, 'GET', '/Patient/p', undefined, bearer)).status, 200);
assert.equal((await ask(again.base, 'GET', '/Patient/later', undefined, bearer)).status, 404);
process.kill(again.pid, 'SIGTERM');
await again.ended;

// With another key, nothing opens, and nothing is changed.
const stranger = join(scratch, 'stranger');
mkdirSync(stranger, { mode: 0o700 });
copyFileSync(join(server.folder, 'record.db'), join(stranger, 'record.db'));
const bytes = readFileSync(join(stranger, 'record.db'));
const refused = run('serve', '--record-folder', stranger, '--listen-address', '127.0.0.1', '--listen-port', '0');
assert.equal(refused.status, 4);
assert.match(refused.stderr, /its key is another one/);
assert.deepEqual(readFileSync(join(stranger, 'record.db')), bytes);

// Other keys, while nothing else uses the record: all is there, the log verifies over both, and the backup opens with
// the old key alone.
const rotated = join(scratch, 'rotated');
cpSync(server.folder, rotated, { recursive: true });
const in_use = await start_server(command, [], rotated);
assert.equal(run('key', 'rotate', 'record', '--record-folder', rotated).status, 7, 'replaced a key under a server');
process.kill(in_use.pid, 'SIGTERM');
assert.equal(await in_use.ended, 0);
const changed = JSON.parse(
  run('key', 'rotate', 'record', '--cipher', 'chacha20', '--json', '--record-folder', rotated).stdout,
);
assert.equal(changed.cipher, 'chacha20');
assert.equal(readFileSync(changed.old_file, 'utf8'), readFileSync(join(server.folder, 'record.key'), 'utf8'));
const signer = JSON.parse(run('key', 'rotate', 'audit', '--json', '--record-folder', rotated).stdout);
assert.notEqual(signer.signer, signer.old_signer);
assert.equal(run('key', 'rotate', 'record', '--cipher', 'rot13', '--record-folder', rotated).status, 2);
assert.ok(JSON.parse(run('record', 'migrate', '--json', '--record-folder', rotated).stdout).schema > 0);
const with_others = await start_server(command, [], rotated);
assert.equal((await ask(with_others.base, 'GET', '/Patient/later', undefined, bearer)).status, 200);
process.kill(with_others.pid, 'SIGTERM');
assert.equal(await with_others.ended, 0);
assert.deepEqual(JSON.parse(run('audit', 'verify', '--json', '--record-folder', rotated).stdout).findings, []);

// The log: right as it is; a line of the heads that is changed, and heads that are gone, are found.
const verify = (folder) => JSON.parse(run('audit', 'verify', '--json', '--record-folder', folder).stdout);
assert.deepEqual(verify(server.folder).findings, []);
for (const [name, damage] of [
  [
    'forged',
    (file) => {
      const text = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        text.replace(/"hash":"(.)/, (_, digit) => `"hash":"${digit === '0' ? '1' : '0'}`),
      );
    },
  ],
  ['gone', (file) => writeFileSync(file, '')],
  ['added', (file) => appendFileSync(file, 'not a head\nnor this\n')],
]) {
  const damaged = join(scratch, name);
  cpSync(server.folder, damaged, { recursive: true });
  damage(join(damaged, 'audit-heads.jsonl'));
  assert.ok(verify(damaged).findings.length > 0, name);
  assert.equal(run('audit', 'verify', '--record-folder', damaged).status, 4);
}
// An older database under newer heads: the tail is missing.
const rolled_back = join(scratch, 'rolled_back');
cpSync(server.folder, rolled_back, { recursive: true });
for (const file of ['record.db', 'record.db-wal', 'record.db-shm']) rmSync(join(rolled_back, file), { force: true });
assert.equal(run('restore', backup, '--record-folder', rolled_back).status, 0);
assert.ok(verify(rolled_back).findings.some(({ fault }) => fault === 'tail_removed'));

// Settings: said before anything starts.
assert.equal(run('serve', '--check', '--record-folder', scratch).status, 0);
writeFileSync(join(scratch, 'wrong.toml'), '[listen]\nprot = 8443\n');
const wrong = run('serve', '--check', '--config', join(scratch, 'wrong.toml'));
assert.equal(wrong.status, 2);
assert.match(wrong.stderr, /line 2/);
assert.equal(
  run('serve', '--without-sign-in', '--record-folder', join(scratch, 'open'), '--listen-port', '0').status,
  2,
);

// TLS with a certificate of its own; plain HTTP spoken to it does no harm; a name of another site gets no data without
// signing in.
const secure = await start_server(command, ['--listen-tls', 'true'], join(scratch, 'secure'));
const status_of = (path) =>
  new Promise((resolve, reject) => {
    request(`${secure.origin}${path}`, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve([response.statusCode, response.headers['strict-transport-security']]);
    })
      .on('error', reject)
      .end();
  });
assert.deepEqual(await status_of('/healthz'), [200, 'max-age=31536000; includeSubDomains']);
assert.equal((await status_of('/fhir/Patient'))[0], 401);
const spoken_plain = await new Promise((resolve) => {
  let text = '';
  const socket = connect(Number(new URL(secure.origin).port), '127.0.0.1', () =>
    socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'),
  );
  socket.on('data', (data) => {
    text += data;
  });
  socket.on('close', () => resolve(text));
});
assert.match(spoken_plain, /^HTTP\/1\.1 308/);
process.kill(secure.pid, 'SIGTERM');
assert.equal(await secure.ended, 0);

// Security finding F12: a name that is not this server's is not answered, with and without signing in.
const status_for = (origin, host) =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () =>
      socket.write(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1])));
  });
const open = await start_server(command, ['--without-sign-in'], join(scratch, 'open'));
assert.equal(await status_for(open.origin, 'evil.example'), 421);
const named = await start_server(command, ['--listen-public-url', 'https://clinic.example'], join(scratch, 'named'));
for (const [host, status] of [
  ['evil.example', 421],
  ['clinic.example', 200],
  ['localhost:1', 200],
  ['127.0.0.1', 200],
  ['clinic.example.evil.example', 421],
]) {
  assert.equal(await status_for(named.origin, host), status, host);
}
process.kill(named.pid, 'SIGTERM');
assert.equal(await named.ended, 0);
process.kill(open.pid, 'SIGTERM');
await open.ended;

server.remove();
rmSync(scratch, { recursive: true, force: true });
console.log('backup, restore, tokens, settings, log and TLS: as they should be');
