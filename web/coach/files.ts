// SPDX-License-Identifier: Apache-2.0
// The files that the coach fetches, all from where the pages come from: the networks, checked against their known
// hashes (sensing/networks/models.h), and compiled programs.

import detectorUrl from '@mediapipe/pose/pose_solution_packed_assets.data?url';
import fullUrl from '@mediapipe/pose/pose_landmark_full.tflite?url';
import heavyUrl from '@mediapipe/pose/pose_landmark_heavy.tflite?url';
import liteUrl from '@mediapipe/pose/pose_landmark_lite.tflite?url';
import { CoachFailure, type OnProgress } from './types.ts';

export interface NetworkFile {
  name: string;
  url: string;
  sha256: string;
  bytes: number;
}

export const NETWORK_FILES = {
  detector: {
    name: 'pose_solution_packed_assets.data',
    url: detectorUrl,
    bytes: 2_962_288,
    sha256: 'a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85',
  },
  lite: {
    name: 'pose_landmark_lite.tflite',
    url: liteUrl,
    bytes: 2_819_824,
    sha256: 'f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61',
  },
  full: {
    name: 'pose_landmark_full.tflite',
    url: fullUrl,
    bytes: 6_440_512,
    sha256: 'e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f',
  },
  /** For clips, which are looked at however long it takes. */
  heavy: {
    name: 'pose_landmark_heavy.tflite',
    url: heavyUrl,
    bytes: 27_709_200,
    sha256: '59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe',
  },
} satisfies Record<string, NetworkFile>;

/** Says how many bytes have come. */
export type Came = (bytes: number) => void;

/** Reports the progress of several files that load at once. */
export function shareOf(what: 'runtime' | 'models', total: number, onProgress: OnProgress) {
  const parts = new Map<string, number>();
  return (part: string): Came =>
    (bytes) => {
      parts.set(part, bytes);
      onProgress(Math.min(1, [...parts.values()].reduce((a, b) => a + b) / total), what);
    };
}

export async function fetchFile(url: string, cache: RequestCache = 'default'): Promise<Response> {
  const response = await fetch(url, { cache }).catch((error: unknown) => {
    throw new CoachFailure('unreachable', String(error));
  });
  if (!response.ok) throw new CoachFailure('unreachable', `${url} is answered with ${response.status}`);
  return response;
}

/** Reports the number of the response's bytes as they come. Takes a clone: the caller reads the response itself. */
export async function count(response: Response, came: Came) {
  const reader = response.body?.getReader();
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || !value) return;
    bytes += value.byteLength;
    came(bytes);
  }
}

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');

async function fetchBytes(url: string, came: Came, cache: RequestCache): Promise<ArrayBuffer> {
  const response = await fetchFile(url, cache);
  count(response.clone(), came).catch(() => {}); // the read below reports the error
  return response.arrayBuffer().catch((error: unknown) => {
    throw new CoachFailure('unreachable', `${url}: ${String(error)}`);
  });
}

/** The bytes of a network, which are those that we know. */
export async function fetchNetwork(file: NetworkFile, came: Came): Promise<Uint8Array> {
  // What the browser keeps may have been damaged there.
  for (const cache of ['default', 'reload'] as const) {
    const bytes = await fetchBytes(file.url, came, cache);
    if (hex(await crypto.subtle.digest('SHA-256', bytes)) === file.sha256) return new Uint8Array(bytes);
  }
  throw new CoachFailure('damaged', `${file.name} is not the network that it must be`);
}
