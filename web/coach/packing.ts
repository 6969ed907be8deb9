import type { Recorded } from './types.ts';

/** Smaller by a third to a half; as it is where the browser cannot (before Safari 16.4 and Firefox 113). */
export async function compressed(bytes: Uint8Array<ArrayBuffer>): Promise<Recorded> {
  if (typeof CompressionStream === 'undefined') return { bytes, gzip: false };
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return { bytes: new Uint8Array(await new Response(stream).arrayBuffer()), gzip: true };
}
