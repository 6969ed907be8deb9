// SPDX-License-Identifier: Apache-2.0
// What a browser's passkeys (WebAuthn) take and give, as the server's JSON has it. Bytes are base64url.
import { fromBase64, toBase64 } from '../base64.ts';
import { Failure, type FailureCode } from '../api.ts';

export interface Passkey {
  id: string;
  name: string;
  createdAt: string;
  usedAt?: string;
}

/** What the server wants of a new passkey. */
export interface NewPasskeyRequest {
  challenge: string;
  site: { id: string; name: string };
  user: { id: string; name: string };
  algorithms: number[];
  existing: Descriptor[];
}

/** A passkey of the account, and how browsers reach it. */
interface Descriptor {
  id: string;
  transports: string[];
}

export interface SignInRequest {
  challenge: string;
  site: string;
  /** Of the account that is signed in; absent: the user chooses among all of the site. */
  passkeys?: Descriptor[];
}

/** As many as the server keeps for an account. */
export const MOST_PASSKEYS = 10;
/** No longer than the server's challenge is valid. */
const PATIENCE_MS = 5 * 60_000;

export const toBase64Url = (bytes: ArrayBuffer): string =>
  toBase64(new Uint8Array(bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');

export const fromBase64Url = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(fromBase64(text.replaceAll('-', '+').replaceAll('_', '/')));

/**
 * Whether passkeys can be used on this page: with them ("ready"), at another address of the same server, not at the
 * server's address, or not in this browser. `offered`: the origin at which the server takes them.
 */
export function passkeysHere(
  offered: string | undefined,
  origin: string,
  supported: boolean,
): 'ready' | 'elsewhere' | 'noAddress' | 'noBrowser' {
  if (!offered) return 'noAddress';
  if (offered !== origin) return 'elsewhere';
  return supported ? 'ready' : 'noBrowser';
}

const descriptorOf = ({ id, transports }: Descriptor): PublicKeyCredentialDescriptor => ({
  type: 'public-key',
  id: fromBase64Url(id),
  transports: transports as AuthenticatorTransport[],
});

export const creationOptions = (request: NewPasskeyRequest): PublicKeyCredentialCreationOptions => ({
  challenge: fromBase64Url(request.challenge),
  rp: request.site,
  user: { id: fromBase64Url(request.user.id), name: request.user.name, displayName: request.user.name },
  pubKeyCredParams: request.algorithms.map((alg) => ({ type: 'public-key', alg })),
  excludeCredentials: request.existing.map(descriptorOf),
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  attestation: 'none',
  timeout: PATIENCE_MS,
});

export const requestOptions = (request: SignInRequest): PublicKeyCredentialRequestOptions => ({
  challenge: fromBase64Url(request.challenge),
  rpId: request.site,
  ...(request.passkeys && { allowCredentials: request.passkeys.map(descriptorOf) }),
  userVerification: 'required',
  timeout: PATIENCE_MS,
});

/** Says why the browser made or showed no passkey. */
export function passkeyFailure(error: unknown): Failure {
  if (error instanceof Failure) {
    const codes: Partial<Record<FailureCode, FailureCode>> = {
      'wrong-credentials': 'passkey-refused',
      ended: 'passkey-late',
      invalid: 'passkey-failed',
    };
    const code = codes[error.code];
    return code ? new Failure(code, 0, error.status) : error;
  }
  const { name } = (error ?? {}) as { name?: string };
  if (name === 'NotAllowedError' || name === 'AbortError') return new Failure('passkey-late');
  return new Failure(name === 'InvalidStateError' ? 'passkey-existing' : 'passkey-failed');
}
