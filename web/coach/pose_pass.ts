// SPDX-License-Identifier: Apache-2.0
// One picture through the networks and the engine's pose session.

import type { PoseResult, PoseSession } from 'reprise-engine';
import type { Network } from './litert.ts';
import { copyPicture } from './picture.ts';
import type { Stages } from './types.ts';

export interface Networks {
  detector: Network;
  landmarks: Network;
}

/** Adds what `work` takes to one of the stages. */
async function timed<T>(stages: Stages, stage: keyof Stages, work: () => T | Promise<T>): Promise<T> {
  const begin = performance.now();
  const result = await work();
  stages[stage] += performance.now() - begin;
  return result;
}

/**
 * What the picture shows. `onLandmarks`, where given, is called with the landmark network's input after it ran.
 * Whatever fails leaves the pose session ready for the next picture.
 */
export async function watch(
  poseSession: PoseSession,
  networks: Networks,
  picture: VideoFrame | ImageBitmap,
  time_s: number,
  stages: Stages,
  onLandmarks?: (input: Float32Array) => Promise<void>,
): Promise<PoseResult> {
  await timed(stages, 'picture_ms', () => copyPicture(picture, (width, height) => poseSession.picture(width, height)));
  let step = await timed(stages, 'coach_ms', () => poseSession.begin(time_s));
  const presence = new Float32Array(1);
  while (step.wanted) {
    const { wanted, input } = step;
    if (wanted === 'detector') {
      const { boxes, logits } = poseSession.detectorOutput;
      await timed(stages, 'detector_ms', () => networks.detector.run(input, [boxes, logits]));
    } else {
      const { landmarks, heatmap, world_m } = poseSession.landmarkOutput;
      await timed(stages, 'landmarks_ms', () => networks.landmarks.run(input, [landmarks, presence, heatmap, world_m]));
      await onLandmarks?.(input);
    }
    step = await timed(stages, 'coach_ms', () => poseSession.answer(presence[0]));
  }
  return step;
}
