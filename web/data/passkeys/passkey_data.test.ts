// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest';
import { Failure } from '../api.ts';
import {
  creationOptions,
  fromBase64Url,
  passkeyFailure,
  passkeysHere,
  requestOptions,
  toBase64Url,
} from './passkey_data.ts';

const bytes = (...numbers: number[]) => new Uint8Array(numbers);

describe('passkeysHere', () => {
  it('is ready at the address at which the server takes passkeys only', () => {
    expect(passkeysHere('https://clinic.example', 'https://clinic.example', true)).toBe('ready');
    expect(passkeysHere('https://clinic.example', 'https://192.168.1.20', true)).toBe('elsewhere');
    expect(passkeysHere('https://clinic.example', 'http://clinic.example', false)).toBe('elsewhere');
    expect(passkeysHere(undefined, 'https://192.168.1.20', true)).toBe('noAddress');
    expect(passkeysHere('https://clinic.example', 'https://clinic.example', false)).toBe('noBrowser');
  });
});

describe('base64url', () => {
  it('has no padding, and no letter that an address changes', () => {
    const all = bytes(251, 255, 254, 0);
    expect(toBase64Url(all.buffer)).toBe('-__-AA');
    expect(fromBase64Url('-__-AA')).toStrictEqual(all);
    expect(toBase64Url(bytes().buffer)).toBe('');
  });
});

describe('creationOptions', () => {
  it('wants a passkey that needs no name, from a user who is verified, and no statement of the maker', () => {
    const options = creationOptions({
      challenge: 'AQI',
      site: { id: 'clinic.example', name: 'Reprise' },
      user: { id: 'Aw', name: 'robin' },
      algorithms: [-7, -257],
      existing: [{ id: 'BA', transports: ['internal'] }],
    });
    expect(options.challenge).toStrictEqual(bytes(1, 2));
    expect(options.user).toStrictEqual({ id: bytes(3), name: 'robin', displayName: 'robin' });
    expect(options.pubKeyCredParams.map(({ alg }) => alg)).toStrictEqual([-7, -257]);
    expect(options.excludeCredentials).toStrictEqual([{ type: 'public-key', id: bytes(4), transports: ['internal'] }]);
    expect(options.authenticatorSelection).toMatchObject({ residentKey: 'required', userVerification: 'required' });
    expect(options.attestation).toBe('none');
  });
});

describe('requestOptions', () => {
  it('names no account and wants the user verified', () => {
    const options = requestOptions({ challenge: 'AQI', site: 'clinic.example' });
    expect(options).toMatchObject({ rpId: 'clinic.example', userVerification: 'required' });
    expect(options.allowCredentials).toBeUndefined();
  });
  it('asks for one of the account where a user is signed in', () => {
    const passkeys = [{ id: 'BA', transports: ['internal'] }];
    const options = requestOptions({ challenge: 'AQI', site: 'clinic.example', passkeys });
    expect(options.allowCredentials).toStrictEqual([{ type: 'public-key', id: bytes(4), transports: ['internal'] }]);
  });
});

describe('passkeyFailure', () => {
  it('tells apart what the user can do', () => {
    const code = (error: unknown) => passkeyFailure(error).code;
    expect(code(new DOMException('', 'NotAllowedError'))).toBe('passkey-late');
    expect(code(new DOMException('', 'InvalidStateError'))).toBe('passkey-existing');
    expect(code(new DOMException('', 'SecurityError'))).toBe('passkey-failed');
    expect(code(new Failure('ended'))).toBe('passkey-late');
    expect(code(new Failure('wrong-credentials'))).toBe('passkey-refused');
    expect(code(new Failure('proof'))).toBe('proof');
    const wait = new Failure('wait', 7);
    expect(passkeyFailure(wait)).toBe(wait);
  });
});
