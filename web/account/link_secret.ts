// SPDX-License-Identifier: Apache-2.0
// The secret of a link to a password, an invitation or a mailed one: "/invitation#SECRET".
import { useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';

/** Takes the secret out of the address: no one reads it over a shoulder or in the history. */
function takeSecret(): string {
  const secret = window.location.hash.slice(1);
  if (secret) window.history.replaceState(null, '', window.location.pathname);
  return secret;
}

// Read once, before anything is drawn; another link in the same window changes the address alone.
let secretOfAddress = takeSecret();

/** Returns the link's secret; empty if the address had none. */
export function useLinkSecret(): string {
  const [secret, setSecret] = useState(secretOfAddress);
  useWindowEvent('hashchange', () => {
    const other = takeSecret();
    if (other) setSecret((secretOfAddress = other));
  });
  return secret;
}

/** Forgets the secret of a link that was used. */
export function forgetLinkSecret() {
  secretOfAddress = '';
}
