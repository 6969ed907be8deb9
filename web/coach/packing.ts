// SPDX-License-Identifier: Apache-2.0
import type { CoachedSet } from 'reprise-engine';
import { toBase64 } from '../data/base64.ts';

/** A set is worth more than its recording: a larger one, as of an hour, stays here. */
const MOST_RECORDING_BYTES = 8 << 20;

/** Smaller by a third to a half; as it is where the browser cannot (before Safari 16.4 and Firefox 113). */
async function compressed(bytes: Uint8Array<ArrayBuffer>): Promise<{ bytes: Uint8Array; gzip: boolean }> {
  if (typeof CompressionStream === 'undefined') return { bytes, gzip: false };
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return { bytes: new Uint8Array(await new Response(stream).arrayBuffer()), gzip: true };
}

type Recording = NonNullable<CoachedSet['recording']>;

/** Returns the movement of a set as the record keeps it; null if it is too large. */
export async function recordingOf(packed: Uint8Array<ArrayBuffer>, id: string): Promise<Recording | null> {
  const { bytes, gzip } = await compressed(packed);
  return bytes.length < MOST_RECORDING_BYTES ? { id, base64: toBase64(bytes), gzip } : null;
}
