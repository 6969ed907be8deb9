// SPDX-License-Identifier: Apache-2.0
import type { Preferences } from '../../../data/preferences.ts';

/** Shares of the device's own volume. Unsourced defaults. */
const VOLUME = { full: 0.16, medium: 0.09, low: 0.045 };

/** How loud a game's sound is now; 0: not at all. It is never heard over a voice. */
export function loudness({ voice, volume }: Pick<Preferences, 'voice' | 'volume'>, speaks: boolean) {
  return voice === 'all' && !speaks ? VOLUME[volume] : 0;
}
