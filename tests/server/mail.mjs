// SPDX-License-Identifier: Apache-2.0
// The server's mails, against a real SMTP server (npm `smtp-server`): TLS, signing in, recipients that are refused,
// servers that hang or go away in the middle; heads of the audit log that are mailed and posted, and its entries, which
// are posted.
//
//   node tests/server/mail.mjs REPRISE_COMMAND

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as create_http } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { ask, start_server } from './server.mjs';

const command = process.argv[2];
const scratch = mkdtempSync(join(tmpdir(), 'reprise_mail_'));
const at = (name) => join(scratch, name);

// A certificate for localhost that signs itself.
execFileSync(
  'openssl',
  [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/CN=localhost',
    '-addext',
    'subjectAltName=DNS:localhost,IP:127.0.0.1',
    '-keyout',
    at('key.pem'),
    '-out',
    at('cert.pem'),
  ],
  { stdio: 'ignore' },
);
const certificate = { key: readFileSync(at('key.pem')), cert: readFileSync(at('cert.pem')) };
const password_file = (name, password) => {
  writeFileSync(at(name), `${password}\n`, { mode: 0o600 });
  chmodSync(at(name), 0o600);
  return at(name);
};

const listening = (server) =>
  new Promise((resolve) => {
    (server.server ?? server).listen(0, '127.0.0.1', () => resolve((server.server ?? server).address().port));
  });

/** Catches mails: { from, to, user, text } in `mails`. */
async function start_catcher(options) {
  const mails = [];
  const server = new SMTPServer({
    ...certificate,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'clinic' && password === 'pä ss"wörd' ? done(null, { user: username }) : done(new Error('wrong')),
    onRcptTo: ({ address }, _session, done) => {
      const refuse = (code) => done(Object.assign(new Error('not here'), { responseCode: code }));
      if (address.startsWith('nobody')) return refuse(550);
      if (address.startsWith('later')) return refuse(450);
      return done();
    },
    onData: (stream, session, done) => {
      const parts = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => {
        mails.push({
          from: session.envelope.mailFrom.address,
          to: session.envelope.rcptTo.map(({ address }) => address),
          user: session.user,
          secure: session.secure,
          text: Buffer.concat(parts).toString(),
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  const port = await listening(server);
  return {
    mails,
    port,
    end: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

/** `reprise mail test`: { code, said }. */
const send = (to, port, ...options) =>
  new Promise((resolve) => {
    const child = spawn(command, [
      'mail',
      'test',
      to,
      '--mail-server',
      'localhost',
      '--mail-port',
      String(port),
      '--mail-from',
      'record@clinic.example.org',
      '--listen-public-url',
      'https://clinic.example.org',
      ...options,
    ]);
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    child.on('exit', (code) => resolve({ code, said }));
  });
const trusted = ['--mail-authorities', at('cert.pem')];
const signed_in = ['--mail-user', 'clinic', '--mail-password-file', password_file('right', 'pä ss"wörd')];

// TLS from the first byte, and by STARTTLS; with a password.
const tls = await start_catcher({ secure: true });
const starttls = await start_catcher({ secure: false });
for (const [catcher, security] of [
  [tls, 'tls'],
  [starttls, 'starttls'],
]) {
  const way = ['--mail-security', security, ...trusted];
  const sent = await send('patient@example.org', catcher.port, ...way, ...signed_in);
  assert.equal(sent.code, 0, sent.said);
  assert.equal(catcher.mails.length, 1);
  const [mail] = catcher.mails;
  assert.deepEqual(
    [mail.from, mail.to, mail.user, mail.secure],
    ['record@clinic.example.org', ['patient@example.org'], 'clinic', true],
  );
  assert.match(mail.text, /^Subject: Reprise: a test\r$/m);
  assert.match(mail.text, /^Mime-Version: 1.0\r$/im);
  assert.match(
    mail.text,
    /\r\n\r\n--[\s\S]*\r\nContent-Type: text\/plain; charset=utf-8\r\n[\s\S]*\r\n\r\nThis mail shows/,
  );
  // The better alternative comes last (RFC 2046, 5.1.4), and says the same.
  const [head, text, page] = mail.text.split(/\r\nContent-Type: text\/(?:plain|html); charset=utf-8\r\n/);
  assert.match(head, /\r\nContent-Type: multipart\/alternative;/);
  assert.match(text, /\r\n {2}https:\/\/clinic\.example\.org\r\n/);
  assert.match(page, /\r\n\r\n<!doctype html>[\s\S]*>This mail shows[\s\S]*<\/html>\r\n/);
  assert.match(page, / class="action" href="https:\/\/clinic\.example\.org"[^>]*>Open the pages<\/a>/);

  const wrong = await send(
    'patient@example.org',
    catcher.port,
    ...way,
    '--mail-user',
    'clinic',
    '--mail-password-file',
    password_file('wrong', 'not-the-word'),
  );
  assert.equal(wrong.code, 7, wrong.said);
  assert.ok(!wrong.said.includes('not-the-word'), 'the password was told');
  const refused = await send('nobody@example.org', catcher.port, ...way, ...signed_in);
  assert.equal(refused.code, 7);
  assert.match(refused.said, /550[\s\S]*for good/);
  assert.doesNotMatch((await send('later@example.org', catcher.port, ...way, ...signed_in)).said, /for good/);
  assert.match(
    (await send('patient@example.org', catcher.port, '--mail-security', security, ...signed_in)).said,
    /certificate/i,
    'an unknown certificate was accepted',
  );
  assert.equal(catcher.mails.length, 1);
}
// A server without STARTTLS, or with something between that takes it out of what the server says.
const bare = await start_catcher({
  secure: false,
  hideSTARTTLS: true,
  disabledCommands: ['STARTTLS'],
  authOptional: true,
});
assert.equal((await send('a@example.org', bare.port, '--mail-security', 'starttls', ...trusted)).code, 7);
assert.equal(bare.mails.length, 0, 'sent in the clear');
assert.equal((await send('a@example.org', bare.port, '--mail-security', 'none')).code, 0);
assert.equal(bare.mails.length, 1);

// Options that cannot be.
for (const options of [
  ['a@example.org', 1, '--mail-security', 'none', '--mail-server', 'mail.example.org'],
  ['a@example.org', 1, '--mail-user', 'clinic'],
  ['a@example.org', 1, '--mail-server', 'localhost:25'],
  ['a@example.org', 1, '--mail-from', 'A <a@b>'],
  ['a@example.org\r\nBcc: b@example.org', 1],
  ['a@example.org', 1, '--mail-authorities', at('not-there')],
])
  assert.equal((await send(...options)).code, 2, options.join(' '));

// Servers that hang, say nonsense, or go away: within the time that they are given.
const plain = ['--mail-security', 'none', '--mail-seconds', '1'];
const talker = async (talk) => {
  const server = createServer((socket) => {
    socket.on('error', () => {});
    talk(socket);
  });
  return { server, port: await listening(server) };
};
for (const talk of [
  () => {}, // never says anything
  (socket) => socket.write('220 here'),
  (socket) => socket.end(),
  (socket) => {
    socket.write('220 here\r\n');
    socket.once('data', () => socket.destroy());
  },
  (socket) => {
    socket.write('220 here\r\n');
    socket.on('data', () => socket.write('250 yes\r\n'));
  }, // also to DATA
  (socket) => {
    socket.write('220 here\r\n');
    socket.on('data', (text) => {
      if (String(text).startsWith('DATA')) {
        socket.write('354 go on\r\n');
        socket.end();
      } else socket.write('250 yes\r\n');
    });
  },
  (socket) => socket.write('x'.repeat(1_000_000)),
]) {
  const { server, port } = await talker(talk);
  const { code, said } = await send('a@example.org', port, ...plain);
  assert.equal(code, 7, said);
  server.close();
}
assert.equal((await send('a@example.org', 1, ...plain)).code, 7, 'no server listens');

// Heads of the audit log reach those outside; the log is checked against what they got, and a log that lost its end is
// found out.
const posted = [];
const web = create_http((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    posted.push({ body, type: request.headers['content-type'] });
    response.writeHead(posted.length === 1 ? 503 : 204).end(); // the first time in vain: it is tried again
  });
});
const web_port = await listening(web);
const until = async (holds) => {
  while (!holds())
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
};
const mail_settings = [
  '--mail-server',
  '127.0.0.1',
  '--mail-port',
  String(bare.port),
  '--mail-security',
  'none',
  '--mail-from',
  'record@clinic.example.org',
  '--listen-public-url',
  'https://clinic.example.org',
  '--audit-mail-heads-to',
  'auditor@example.org',
];
const first = await start_server(command, ['--without-sign-in']);
assert.equal((await ask(first.base, 'PUT', '/Patient/p', { resourceType: 'Patient', id: 'p' })).status, 201);
process.kill(first.pid, 'SIGTERM');
assert.equal(await first.ended, 0);
const server = await start_server(
  command,
  [
    '--without-sign-in',
    '--log-level',
    'off',
    ...mail_settings,
    '--audit-post-heads-to',
    `http://127.0.0.1:${web_port}/heads`,
  ],
  first.folder,
);
await until(() => bare.mails.length === 2 && posted.length === 1);
const [, head_mail] = bare.mails;
assert.deepEqual(head_mail.to, ['auditor@example.org']);
assert.equal(posted[0].type, 'application/json');
assert.ok(head_mail.text.includes(posted[0].body.trim()), 'the mail has the line as it is');
let metrics = '';
for (let i = 0; i < 100 && !metrics.includes('kind="post"'); i += 1)
  metrics = await (await fetch(`${server.origin}/metrics`)).text();
assert.match(
  metrics,
  /reprise_messages_total\{end="sent",kind="mail"\} 1|reprise_messages_total\{kind="mail",end="sent"\} 1/,
);
assert.match(metrics, /end="waits"/);
process.kill(server.pid, 'SIGTERM');
assert.equal(await server.ended, 0);
writeFileSync(at('mail.eml'), head_mail.text);
const verify = (folder, head) =>
  JSON.parse(spawnText(['audit', 'verify', '--json', '--record-folder', folder, '--head', head]));
function spawnText(options) {
  try {
    return execFileSync(command, options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    return error.stdout;
  }
}
assert.deepEqual(verify(first.folder, at('mail.eml')).findings, []);
assert.deepEqual(verify(first.folder, posted[0].body).findings, []);
const forged = posted[0].body.replace(/"sequence":(\d+)/, (_, number) => `"sequence":${Number(number) + 1}`);
assert.ok(verify(first.folder, forged).findings.length > 0);
const unknown = spawn(command, ['audit', 'verify', '--record-folder', first.folder, '--head', at('key.pem')], {
  stdio: 'ignore',
});
assert.equal(
  await new Promise((resolve) => {
    unknown.on('exit', resolve);
  }),
  4,
  'there is no head in that file',
);

// The log's entries reach another system: all of them in order, and after a restart only those that it does not have
// yet.
const lots = [];
const collector = create_http((request, response) => {
  let body = '';
  request.on('data', (part) => {
    body += part;
  });
  request.on('end', () => {
    lots.push(JSON.parse(body));
    response.writeHead(200).end();
  });
});
const forward = [
  '--without-sign-in',
  '--log-level',
  'off',
  '--audit-forward-to',
  `http://127.0.0.1:${await listening(collector)}/log`,
];
const sequences = () => lots.flat().map(({ sequence }) => sequence);
for (const patient of ['q', 'r']) {
  const before = sequences().length;
  const forwarding = await start_server(command, forward, first.folder);
  await until(() => sequences().length > before);
  assert.deepEqual(
    sequences(),
    sequences().map((_, i) => i + 1),
  );
  assert.equal(
    (
      await ask(forwarding.base, 'PUT', `/Patient/${patient}`, {
        resourceType: 'Patient',
        id: patient,
        name: [{ family: 'Unlikely' }],
      })
    ).status,
    201,
  );
  process.kill(forwarding.pid, 'SIGTERM');
  assert.equal(await forwarding.ended, 0);
}
assert.ok(lots.flat().some(({ event }) => event.entity?.some(({ what }) => what?.reference?.startsWith('Patient/q'))));
assert.ok(!JSON.stringify(lots).includes('Unlikely'));
collector.close();

// A mail server that hangs keeps neither requests nor the end waiting; what it did not take goes out after the next
// start.
const { server: hanging, port: hanging_port } = await talker(() => {});
const folder = mkdtempSync(join(tmpdir(), 'reprise_mail_hangs_'));
const hangs = (port) =>
  start_server(
    command,
    ['--without-sign-in', '--log-level', 'off', ...mail_settings, '--mail-port', String(port)],
    folder,
  );
const begun = await hangs(hanging_port);
const accepted = new Promise((resolve) => {
  hanging.once('connection', resolve);
});
assert.equal((await ask(begun.base, 'PUT', '/Patient/p', { resourceType: 'Patient', id: 'p' })).status, 201);
process.kill(begun.pid, 'SIGTERM');
assert.equal(await begun.ended, 0);
const second = await hangs(hanging_port);
await accepted;
assert.equal((await ask(second.base, 'GET', '/Patient/p')).status, 200);
process.kill(second.pid, 'SIGTERM');
assert.equal(await second.ended, 0);
hanging.close();
const third = await hangs(bare.port);
await until(() => bare.mails.length === 3);
process.kill(third.pid, 'SIGTERM');
assert.equal(await third.ended, 0);
assert.equal(bare.mails.length, 3);

for (const catcher of [tls, starttls, bare]) await catcher.end();
web.close();
for (const path of [scratch, folder, first.folder]) rmSync(path, { recursive: true, force: true });
console.log('mails and heads of the log: sent, refused, tried again, and verified as they should be');
