// SPDX-License-Identifier: Apache-2.0
// A push service on this machine (RFC 8030) with one browser behind it: it checks the server's token (RFC 8292) and
// decrypts messages (RFC 8291) by node:crypto, independently of the server's code.
//
//   const service = await open_push_service();  service.subscription;  service.answer_with(410);
//   const { text, headers } = await service.message();  await service.close();

import assert from 'node:assert/strict';
import { createDecipheriv, createECDH, createHmac, createPublicKey, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts)).digest();
const ONE = Buffer.from([1]);

/** The text of a body of aes128gcm in one record. */
export function decrypt(body, { ecdh, auth }) {
  const salt = body.subarray(0, 16);
  assert.equal(body.readUInt32BE(16), 4096);
  const length = body[20];
  const sender = body.subarray(21, 21 + length);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), sender]);
  const material = hmac(hmac(auth, ecdh.computeSecret(sender)), info, ONE);
  const key = hmac(salt, material);
  const part = (name, size) => hmac(key, Buffer.from(`Content-Encoding: ${name}\0`), ONE).subarray(0, size);
  const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
  decipher.setAuthTag(body.subarray(-16));
  const padded = Buffer.concat([decipher.update(body.subarray(21 + length, -16)), decipher.final()]);
  const end = padded.lastIndexOf(2);
  assert.ok(end >= 0 && padded.subarray(end + 1).every((byte) => byte === 0), 'the delimiter and zeros');
  return padded.subarray(0, end).toString('utf8');
}

/** Checks the field Authorization: who signed it, for which service, until when, and whom to write to. */
export function check_vapid(authorization, { origin, key, contact, now = Date.now() / 1000 }) {
  const [, token, sent] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? [];
  assert.equal(sent, key, 'the key that the browser subscribed with');
  const point = Buffer.from(key, 'base64url');
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  };
  const [header, claims, signature] = token.split('.');
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const signed = Buffer.from(`${header}.${claims}`);
  assert.ok(
    verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url')),
    'the signature',
  );
  assert.equal(JSON.parse(Buffer.from(header, 'base64url').toString()).alg, 'ES256');
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString());
  assert.equal(aud, origin);
  assert.equal(sub, `mailto:${contact}`);
  assert.ok(exp > now && exp <= now + 24 * 3600, 'at most a day');
}

/** Opens it on a free port. */
export async function open_push_service() {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const keys = { ecdh, auth: randomBytes(16) };
  let status = 201;
  const messages = [];
  const waiting = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    response.writeHead(status, { location: '/message/1' }).end();
    const { method, url, headers } = request;
    messages.push({ method, url, headers, status, text: decrypt(Buffer.concat(chunks), keys) });
    waiting.shift()?.();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    messages,
    subscription: {
      endpoint: `${origin}/push/only-this-browser`,
      expirationTime: null,
      keys: { p256dh: ecdh.getPublicKey('base64url'), auth: keys.auth.toString('base64url') },
    },
    answer_with(next) {
      status = next;
    },
    /** The next message, once it has come. */
    async message() {
      if (messages.length === 0) await new Promise((resolve) => waiting.push(resolve));
      return messages.shift();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
