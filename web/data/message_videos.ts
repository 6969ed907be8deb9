// SPDX-License-Identifier: Apache-2.0
// Short videos in messages: films in Binaries beside the Communication that names them (docs/clinician/messages.md).
// Pure.
import type { Binary, Communication, CommunicationPayload } from 'fhir/r4';
import { BINARY_ADDRESS, fileEntry } from './message_pictures.ts';

/** Of one message. */
export const MOST_VIDEO_SECONDS = 20;
/** A transaction of a patient has at most 4 MiB, and base64 takes a third more than the film. */
export const MOST_VIDEO_BYTES = 2_700_000;
/** In pixels. */
export const LONGEST_VIDEO_SIDE = 960;
/** That wait on the device: a phone without a network is soon full. */
export const MOST_VIDEOS_WAITING = 2;

const TYPES = ['video/mp4', 'video/webm'] as const;
export type VideoType = (typeof TYPES)[number];

export interface MessageVideo {
  /** "Binary/ID". */
  address: string;
  type: VideoType;
  /** Undefined: the message does not say it. */
  bytes: number | undefined;
  /** Base64; undefined: only the record has it. */
  data: string | undefined;
}

/** One that is about to be sent. */
export interface VideoDraft {
  /** A UUID: the id of its Binary. */
  id: string;
  base64: string;
  bytes: number;
  type: VideoType;
  seconds: number;
  withSound: boolean;
}

function videoIn({ contentAttachment }: CommunicationPayload, binaries: readonly Binary[]): MessageVideo[] {
  const type = TYPES.find((one) => one === contentAttachment?.contentType);
  const address = BINARY_ADDRESS.exec(contentAttachment?.url ?? '')?.[1];
  if (!type || !address) return [];
  const data = binaries.find(({ id }) => address === `Binary/${id ?? ''}`)?.data;
  return [{ address, type, bytes: contentAttachment?.size, data }];
}

export const isVideo = (part: CommunicationPayload) => videoIn(part, []).length > 0;

/** `binaries`: of a message that waits on the device. */
export const videosOf = ({ payload = [] }: Communication, binaries: readonly Binary[]): MessageVideo[] =>
  payload.flatMap((part) => videoIn(part, binaries));

export const videoAttachment = ({ id, bytes, type }: VideoDraft) => ({
  contentAttachment: { contentType: type, url: `Binary/${id}`, size: bytes },
});

export const videoEntries = (videos: readonly VideoDraft[], patient: string, simulated: readonly object[]) =>
  videos.map((one) => fileEntry({ ...one, tag: 'message-video' }, patient, simulated));
