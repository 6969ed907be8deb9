// SPDX-License-Identifier: Apache-2.0
// A JPEG that the record keeps as a Binary: a photo of a posture, the picture of a message.
import type { Binary } from 'fhir/r4';
import { fhirRead } from './api.ts';

export interface LoadedPicture {
  address: string;
  width_px: number;
  height_px: number;
}

/** The picture as an address of its own, and its size. */
export async function loadPicture(address: string): Promise<LoadedPicture> {
  const { data = '', contentType } = JSON.parse(await fhirRead(address)) as Binary;
  if (contentType !== 'image/jpeg') throw new Error('no photo');
  const image = new Image();
  image.src = `data:image/jpeg;base64,${data}`;
  await image.decode();
  return { address: image.src, width_px: image.naturalWidth, height_px: image.naturalHeight };
}
