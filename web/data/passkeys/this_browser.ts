// SPDX-License-Identifier: Apache-2.0
// The passkeys of this browser and its authenticators.
import { ask, type Session } from '../api.ts';
import {
  creationOptions,
  passkeyFailure,
  passkeysHere,
  requestOptions,
  toBase64Url,
  type NewPasskeyRequest,
  type SignInRequest,
} from './passkey_data.ts';

const isSupported = () =>
  'PublicKeyCredential' in window &&
  'credentials' in navigator &&
  typeof AuthenticatorAttestationResponse.prototype.getAuthenticatorData === 'function';

export const passkeysOnThisPage = (session: Session) =>
  passkeysHere(session.passkeys, window.location.origin, isSupported());

/** Makes a passkey and gives it to the server. Throws a Failure. */
export async function addPasskey(name: string, language: string) {
  try {
    const request = await ask<NewPasskeyRequest>('POST', 'passkeys/challenge', {});
    const made = (await navigator.credentials.create({ publicKey: creationOptions(request) })) as PublicKeyCredential;
    const response = made.response as AuthenticatorAttestationResponse;
    await ask('POST', 'passkeys', {
      name,
      language,
      transports: response.getTransports(),
      clientData: toBase64Url(response.clientDataJSON),
      authenticatorData: toBase64Url(response.getAuthenticatorData()),
    });
  } catch (error) {
    throw passkeyFailure(error);
  }
}

/** Has a passkey signed what the server asks at `path`. */
async function show<T>(path: string, more: object): Promise<T> {
  try {
    const request = await ask<SignInRequest>('POST', `${path}/challenge`, {});
    const shown = (await navigator.credentials.get({ publicKey: requestOptions(request) })) as PublicKeyCredential;
    const response = shown.response as AuthenticatorAssertionResponse;
    return await ask<T>('POST', path, {
      id: shown.id,
      user: response.userHandle ? toBase64Url(response.userHandle) : '',
      clientData: toBase64Url(response.clientDataJSON),
      authenticatorData: toBase64Url(response.authenticatorData),
      signature: toBase64Url(response.signature),
      ...more,
    });
  } catch (error) {
    throw passkeyFailure(error);
  }
}

/** Signs in by a passkey that the user chooses. Throws a Failure. */
export const signInByPasskey = (stay: boolean) => show<Session>('passkey-session', { stay });

/** Confirms by a passkey of the account that it is still its owner. Throws a Failure. */
export const proveByPasskey = () => show<undefined>('passkey-proof', {});
