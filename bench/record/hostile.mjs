// SPDX-License-Identifier: Apache-2.0
// What one hostile client does to the others: a patient's account that sends the most expensive requests it can, and
// 2,000 connections of one address that never finish a request. Everything is simulated. The clients run on the same
// machine.
//
//   node bench/record/hostile.mjs [--command build/release/cli/reprise] [--seconds 60] [--only account|connections]
//   [--json]

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import { start_server } from '../../tests/server/server.mjs';

function option(name, otherwise) {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : process.argv[at + 1];
}
const command = option('--command', fileURLToPath(new URL('../../build/release/cli/reprise', import.meta.url)));
const seconds = Number(option('--seconds', 60));
const only = option('--only', 'account connections');
const password = 'a red bicycle at noon';

const sleep = (ms) =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
const memory_mb = (pid, what) =>
  Math.round(Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
function summary(times) {
  const sorted = Float64Array.from(times).sort();
  return { count: sorted.length, p50_ms: quantile(sorted, 0.5), p99_ms: quantile(sorted, 0.99), max_ms: sorted.at(-1) };
}

/**
 * One request; resolves to its status (0: the connection ended before the answer) and how long it took. The answer is
 * read and thrown away.
 */
function ask(origin, { method = 'GET', path, headers = {}, body, agent, from, patience_ms = 120_000 }) {
  const begin = performance.now();
  return new Promise((resolve) => {
    const done = (status, text) => resolve({ status, text, ms: performance.now() - begin });
    const asked = http.request(
      new URL(path, origin),
      {
        method,
        agent,
        localAddress: from,
        timeout: patience_ms,
        headers: {
          ...headers,
          ...(body && {
            'content-length': Buffer.byteLength(body),
            'content-type': headers['content-type'] ?? 'application/fhir+json',
          }),
        },
      },
      (answer) => {
        let text = '';
        answer.on('data', (part) => {
          if (text.length < 10_000) text += part;
        });
        answer.on('end', () => done(answer.statusCode, text));
        answer.on('error', () => done(0));
      },
    );
    asked.on('error', () => done(0));
    asked.on('timeout', () => asked.destroy());
    asked.end(body);
  });
}

/** Signs the demonstration's patient in; returns the headers of the session. */
async function patient_session(server) {
  const secret = /Robin[^\n]*\n\s+\S+\/invitation#(\S+)/.exec(server.said())[1];
  let cookie = '';
  let csrf = '';
  const send = async (path, body) => {
    const answer = await fetch(`${server.origin}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        'content-type': 'application/json',
        origin: server.origin,
        cookie,
        ...(csrf && { 'x-csrf-token': csrf }),
      },
      body: body && JSON.stringify(body),
    });
    cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    const json = await answer.json().catch(() => ({}));
    csrf = json.csrf ?? csrf;
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(json)}`);
    return json;
  };
  const { name } = await send('/auth/invitation/acceptance', { secret, password });
  await send('/auth/session', { name, password });
  const { account } = await send('/auth/session');
  return { headers: { cookie, 'x-csrf-token': csrf }, person: account.person };
}

/** The most expensive requests that a patient may send, in turn. */
function attacks(person) {
  const subject = { reference: `Patient/${person}` };
  const observation = (notes, bytes, id) =>
    JSON.stringify({
      resourceType: 'Observation',
      ...(id && { id }),
      status: 'final',
      code: { text: 'load' },
      subject,
      performer: [subject],
      note: Array.from({ length: notes }, () => ({ text: 'x'.repeat(bytes) })),
    });
  const answers = (items, bytes) =>
    JSON.stringify({
      resourceType: 'QuestionnaireResponse',
      id: 'bomb',
      status: 'in-progress',
      subject,
      author: subject,
      source: subject,
      item: Array.from({ length: items }, (_, i) => ({ linkId: `${i}`, answer: [{ valueString: 'x'.repeat(bytes) }] })),
    });
  const bundle = (type, entry) => JSON.stringify({ resourceType: 'Bundle', type, entry });
  const reads = Array.from({ length: 50 }, () => ({ request: { method: 'GET', url: 'Observation?_count=100' } }));
  const many = Array.from({ length: 1000 }, () => ({
    request: { method: 'GET', url: 'Observation?_count=1000&_include=*&_revinclude=Provenance:target' },
  }));
  const small = Array.from({ length: 100 }, () => ({
    resource: JSON.parse(observation(1, 1000)),
    request: { method: 'POST', url: 'Observation' },
  }));
  const conditional = Array.from({ length: 100 }, (_, i) => ({
    resource: JSON.parse(observation(1, 1000)),
    request: {
      method: 'POST',
      url: 'Observation',
      ifNoneExist: `code:text=load&subject=Patient/${person}&value-quantity=gt${i}`,
    },
  }));
  const bomb = JSON.stringify([
    { op: 'add', path: '/extension', value: [{ url: 'https://example.org/a', valueString: 'b' }] },
    ...Array.from({ length: 30 }, () => ({ op: 'copy', from: '/extension', path: '/extension/-' })),
  ]);
  const patch = { 'content-type': 'application/json-patch+json' };
  const zeros = `{"resourceType":"Observation","x":[${'0,'.repeat(8_000_000)}0]}`;
  return [
    { method: 'POST', path: '/fhir', body: bundle('batch', reads) },
    { method: 'POST', path: '/fhir', body: bundle('transaction', reads) },
    { method: 'PATCH', path: '/fhir/QuestionnaireResponse/bomb', body: bomb, headers: patch },
    { method: 'POST', path: '/fhir', body: bundle('batch', many) },
    { method: 'POST', path: '/fhir', body: bundle('batch', many.slice(0, 100)) },
    { method: 'GET', path: '/fhir/Observation?_count=1000' },
    { method: 'GET', path: '/fhir/Observation/_history?_count=1000' },
    { method: 'GET', path: '/fhir/Observation?_count=1000&_pretty=true' },
    { method: 'POST', path: '/fhir', body: bundle('transaction', small) },
    { method: 'POST', path: '/fhir', body: bundle('transaction', conditional) },
    { method: 'PATCH', path: '/fhir/QuestionnaireResponse/bomb', body: bomb, headers: patch },
    { method: 'POST', path: '/fhir/Observation', body: observation(15, 1_000_000) },
    { method: 'PUT', path: '/fhir/QuestionnaireResponse/bomb', body: answers(15, 1_000_000) },
    { method: 'POST', path: '/fhir/Observation', body: zeros },
    { method: 'GET', path: '/fhir/QuestionnaireResponse/bomb/_history?_count=1000' },
  ].map((one) => ({ ...one, body: one.body && Buffer.from(one.body) }));
}

async function hostile_account() {
  const server = await start_server(command, ['--demo', '--demo-patients', '0']);
  const token = execFileSync(
    command,
    ['token', 'create', '--name', 'bench', '--scopes', 'system/*.cruds', '--record-folder', server.folder],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  ).trim();
  const bearer = { authorization: `Bearer ${token}` };
  const { headers, person } = await patient_session(server);
  const put = (path, resource) =>
    ask(server.origin, { method: 'PUT', path, headers: bearer, body: JSON.stringify(resource) });
  await put('/fhir/Patient/other', { resourceType: 'Patient', id: 'other' });
  await put('/fhir/QuestionnaireResponse/bomb', {
    resourceType: 'QuestionnaireResponse',
    id: 'bomb',
    status: 'in-progress',
    subject: { reference: `Patient/${person}` },
    author: { reference: `Patient/${person}` },
    source: { reference: `Patient/${person}` },
  });
  for (const id of Array.from({ length: 20 }, (_, i) => `large-${i}`)) {
    const made = await put(`/fhir/Observation/${id}`, {
      resourceType: 'Observation',
      id,
      status: 'final',
      code: { text: 'load' },
      subject: { reference: `Patient/${person}` },
      performer: [{ reference: `Patient/${person}` }],
      note: [{ text: 'x'.repeat(1_000_000) }],
    });
    if (made.status !== 201) throw new Error(`${id}: ${made.status} ${made.text}`);
  }
  // Other clients: four that write one small resource after the other.
  let running = true;
  let times = [];
  const wrong = {};
  const others = Array.from({ length: 4 }, async (_, client) => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    for (let n = 0; running; n += 1) {
      const { status, ms } = await ask(server.origin, {
        method: 'PUT',
        path: `/fhir/Observation/w${client}-${n}`,
        headers: bearer,
        agent,
        from: '127.0.0.2',
        body: JSON.stringify({
          resourceType: 'Observation',
          id: `w${client}-${n}`,
          status: 'final',
          code: { text: 'x' },
          subject: { reference: 'Patient/other' },
        }),
      });
      times.push(ms);
      if (status !== 201) wrong[status] = (wrong[status] ?? 0) + 1;
      await sleep(10);
    }
    agent.destroy();
  });
  await sleep(5000);
  const quiet = summary(times);
  const start_mb = memory_mb(server.pid, 'VmRSS');
  times = [];
  const ends = performance.now() + seconds * 1000;
  const answers = {};
  const all = attacks(person);
  let highest_mb = 0;
  const watch = setInterval(() => {
    highest_mb = Math.max(highest_mb, memory_mb(server.pid, 'VmRSS'));
  }, 50);
  await Promise.all(
    Array.from({ length: 8 }, async (_, connection) => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      for (let n = connection * 2; performance.now() < ends; n += 1) {
        const attack = all[n % all.length];
        const patience_ms = Math.max(100, ends - performance.now());
        const { status } = await ask(server.origin, {
          ...attack,
          headers: { ...headers, ...attack.headers },
          agent,
          patience_ms,
        });
        const name = `${attack.method} ${attack.path.slice(5, 40)}: ${status}`;
        answers[name] = (answers[name] ?? 0) + 1;
        if (status === 0) await sleep(100);
      }
      agent.destroy();
    }),
  );
  const attacked = summary(times);
  await sleep(10_000);
  running = false;
  await Promise.all(others);
  clearInterval(watch);
  const after_mb = memory_mb(server.pid, 'VmRSS');
  await server.kill();
  server.remove();
  return {
    quiet,
    attacked,
    not_written: wrong,
    memory: { start_mb, highest_mb: highest_mb - start_mb, after_mb: after_mb - start_mb },
    answers,
  };
}

async function hostile_connections() {
  const server = await start_server(command, ['--demo', '--demo-patients', '0']);
  const { hostname, port } = new URL(server.origin);
  let running = true;
  const sockets = new Set();
  let opened = 0;
  const open = () => {
    if (!running) return;
    opened += 1;
    const socket = net.connect({ host: '127.0.0.1', port: Number(port), localAddress: '127.0.0.1' });
    sockets.add(socket);
    socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: h\r\nX: '));
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      setTimeout(open, 10);
    });
  };
  for (let i = 0; i < 2000; i += 1) open();
  const drip = setInterval(() => {
    for (const socket of sockets) socket.write('a');
  }, 1000);
  await sleep(2000);
  const times = { '/healthz from the same address': [], '/healthz from another': [], 'a page from another': [] };
  const failed = {};
  const probes = [
    ['/healthz from the same address', '/healthz', '127.0.0.1'],
    ['/healthz from another', '/healthz', '127.0.0.2'],
    ['a page from another', '/', '127.0.0.2'],
  ];
  const ends = performance.now() + seconds * 1000;
  const probing = probes.map(async ([name, path, from]) => {
    while (performance.now() < ends) {
      const { status, ms } = await ask(server.origin, { path, from, agent: new http.Agent(), patience_ms: 10_000 });
      times[name].push(ms);
      if (status !== 200) failed[name] = (failed[name] ?? 0) + 1;
      await sleep(100);
    }
  });
  // 60 browsers behind one address, each with six connections that stay open.
  const browsers = Array.from({ length: 60 }, async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 6 });
    while (performance.now() < ends) {
      const all = await Promise.all(
        Array.from({ length: 6 }, (_, i) =>
          ask(server.origin, { path: i % 2 ? '/' : '/healthz', from: '127.0.0.3', agent, patience_ms: 10_000 }),
        ),
      );
      for (const { status, ms } of all) {
        (times['60 browsers behind one address'] ??= []).push(ms);
        if (status !== 200)
          failed['60 browsers behind one address'] = (failed['60 browsers behind one address'] ?? 0) + 1;
      }
      await sleep(1000);
    }
    agent.destroy();
  });
  await Promise.all([...probing, ...browsers]);
  running = false;
  clearInterval(drip);
  for (const socket of sockets) socket.destroy();
  await server.kill();
  server.remove();
  return {
    opened,
    failed,
    ...Object.fromEntries(Object.entries(times).map(([name, some]) => [name, summary(some)])),
    at: hostname,
  };
}

const report = {};
if (only.includes('account')) report.account = await hostile_account();
if (only.includes('connections')) report.connections = await hostile_connections();
console.log(JSON.stringify(report, (_, value) => (typeof value === 'number' ? Math.round(value * 10) / 10 : value), 2));
process.exit(0);
