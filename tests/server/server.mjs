// SPDX-License-Identifier: Apache-2.0
// Starts `reprise serve` for a test: a process of its own on a free port, in a folder of its own.
//
//   const server = await start_server(COMMAND, ['--record-check-references', 'false']);  …  await server.stop();

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `folder`: of an earlier server, to go on with its record. */
export async function start_server(
  command,
  options = [],
  folder = mkdtempSync(join(tmpdir(), 'reprise_server_')),
  environment = {},
) {
  const process_of_server = spawn(
    command,
    [
      'serve',
      '--record-folder',
      folder,
      '--listen-address',
      '127.0.0.1',
      '--listen-port',
      '0',
      '--listen-tls',
      'false',
      '--log-level',
      'error',
      ...options,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...environment } },
  );
  // A test that fails must not leave it behind.
  process.on('exit', () => process_of_server.kill('SIGKILL'));
  const ended = new Promise((resolve) => {
    process_of_server.on('exit', (code, signal) => resolve(code ?? signal));
  });
  let said = '';
  const base = await new Promise((resolve, reject) => {
    process_of_server.stdout.on('data', (text) => {
      said += text;
      const address = /FHIR API at (\S+)/.exec(said);
      if (address) resolve(address[1]);
    });
    ended.then((code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  const { origin } = new URL(base);
  return {
    base,
    folder,
    origin,
    /** Until the history of a demonstration's simulated clinic is complete. */
    async filled() {
      for (;;) {
        const { filling } = await (await fetch(`${origin}/auth/session`)).json();
        if (filling === undefined) return;
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
    },
    pid: process_of_server.pid,
    /** What it printed so far. */
    said: () => said,
    ended,
    remove: () => rmSync(folder, { recursive: true, force: true }),
    /** As a loss of power would end it; its folder stays. */
    async kill() {
      process_of_server.kill('SIGKILL');
      await ended;
    },
    /** Politely; returns its exit code. Removes the folder. */
    async stop() {
      process_of_server.kill('SIGTERM');
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

/** A request in FHIR's JSON; `body` is a text or a value. */
export async function ask(base, method, path, body, headers = {}) {
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      accept: 'application/fhir+json',
      ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }),
      ...headers,
    },
    body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const json = (response.headers.get('content-type') ?? '').includes('json') && text ? JSON.parse(text) : undefined;
  return { status: response.status, headers: response.headers, text, json };
}
