// SPDX-License-Identifier: Apache-2.0
// Pictures in messages: JPEGs in Binaries beside the Communication that names them (docs/clinician/messages.md). Pure.
import type { Binary, Communication, CommunicationPayload } from 'fhir/r4';
import { resourcesIn } from '../fhir/resources.ts';

/** Of one message. */
export const MOST_PICTURES = 3;
/** That wait on the device: a phone without a network is soon full. */
export const MOST_WAITING = 9;
/** The record takes at most 2 MiB of one; this leaves room in its limit of a request. */
export const MOST_PICTURE_BYTES = 1024 * 1024;

export interface MessagePicture {
  /** "Binary/ID". */
  address: string;
  /** Base64; undefined: only the record has it. */
  data: string | undefined;
}

/** One that is about to be sent. */
export interface PictureDraft {
  /** A UUID: the id of its Binary. */
  id: string;
  base64: string;
  bytes: number;
}

/** Of a Binary of this record. */
export const BINARY_ADDRESS = /(?:^|\/fhir\/)(Binary\/[A-Za-z0-9.-]{1,64})$/;

const addressIn = ({ contentAttachment }: CommunicationPayload) =>
  contentAttachment?.contentType === 'image/jpeg' ? BINARY_ADDRESS.exec(contentAttachment.url ?? '')?.[1] : undefined;

/** Whether a part of a message is its words or a picture. */
export const isTextOrPicture = (part: CommunicationPayload) =>
  addressIn(part) !== undefined ||
  Object.keys(part).every((name) => !name.startsWith('content') || name === 'contentString');

/** `bundle`: may hold the Binaries, too, while the message waits on the device. */
export function picturesOf({ payload = [] }: Communication, binaries: readonly Binary[]): MessagePicture[] {
  return payload
    .flatMap((part) => addressIn(part) ?? [])
    .map((address) => ({ address, data: binaries.find(({ id }) => address === `Binary/${id ?? ''}`)?.data }));
}

export const binariesIn = (bundles: readonly string[]) => resourcesIn<Binary>(bundles, 'Binary');

export const attachmentOf = ({ id, bytes }: PictureDraft) => ({
  contentAttachment: { contentType: 'image/jpeg', url: `Binary/${id}`, size: bytes },
});

interface SentFile {
  id: string;
  base64: string;
  type: string;
  tag: 'message-picture' | 'message-video';
}

/** The entry of the transaction that sends a message; sent again, it changes nothing. */
export const fileEntry = ({ id, base64, type, tag }: SentFile, patient: string, simulated: readonly object[]) => ({
  request: { method: 'PUT', url: `Binary/${id}` },
  resource: {
    resourceType: 'Binary',
    id,
    meta: { tag: [...simulated, { system: 'urn:reprise:tag', code: tag }] },
    contentType: type,
    securityContext: { reference: `Patient/${patient}` },
    data: base64,
  },
});

export const pictureEntries = (pictures: readonly PictureDraft[], patient: string, simulated: readonly object[]) =>
  pictures.map((one) => fileEntry({ ...one, type: 'image/jpeg', tag: 'message-picture' }, patient, simulated));
