// SPDX-License-Identifier: Apache-2.0
// A video that the record keeps as a Binary.
import type { Binary } from 'fhir/r4';
import { fhirRead } from './api.ts';
import { fromBase64 } from './base64.ts';
import type { VideoType } from './message_videos.ts';

export const videoOf = (base64: string, type: VideoType): Blob =>
  new Blob([fromBase64(base64)] as BlobPart[], { type });

/** Reads all of it: an entry in the audit log. */
export async function loadVideo(address: string, type: VideoType): Promise<Blob> {
  const { data = '', contentType } = JSON.parse(await fhirRead(address)) as Binary;
  if (contentType !== type) throw new Error('no video');
  return videoOf(data, type);
}
