// SPDX-License-Identifier: Apache-2.0
// Chromium's own authenticator, in place of a phone's.

/** Gives the browser of a page an authenticator with a screen lock, as phones have; returns Chromium's protocol. */
export async function add_authenticator({ context, page }) {
  const protocol = await context.newCDPSession(page);
  await protocol.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await protocol.send('WebAuthn.addVirtualAuthenticator', { options });
  return {
    credentials: async () => (await protocol.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    lock: (isUserVerified: boolean) => protocol.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}
