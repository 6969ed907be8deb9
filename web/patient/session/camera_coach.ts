// SPDX-License-Identifier: Apache-2.0
// The camera and the coach during a session: opened with the first exercise that wants them, closed when the session is
// left.
import { openCamera, type Camera, type CameraFailureCode } from '../../coach/camera.ts';
import { openCoach, type CoachFailureCode, type CoachInBrowser, type Look, type Model } from '../../coach/coach.ts';
import { preferences } from '../../data/preferences.ts';
import type { Mode, SetWatcher } from './set_watcher.ts';

export type TroubleCode = CameraFailureCode | CoachFailureCode;

const OF_COACH: readonly TroubleCode[] = ['no-simd', 'damaged', 'unreachable', 'memory', 'unexpected'];
/** Not of the camera: a set that was on cannot go on. */
export const isOfCoach = (code: TroubleCode) => OF_COACH.includes(code);

export type CameraCoachState =
  | { kind: 'off' }
  | { kind: 'loading'; share: number }
  | { kind: 'on'; model: Model }
  | { kind: 'failed'; code: TroubleCode };

export interface CameraCoach extends SetWatcher {
  state(): CameraCoachState;
  /** Puts the camera's picture into `place` and begins to look. Never throws; `state` reports failures. */
  start(place: HTMLElement): Promise<void>;
  readonly coach: CoachInBrowser | undefined;
  readonly size: { width: number; height: number };
  mode: Mode;
  onLook(listener: (look: Look) => void): () => void;
  onState(listener: () => void): () => void;
  /** Ends the camera; the networks stay. */
  rest(): void;
  stop(): void;
}

const codeOf = (error: unknown) => (error as { code?: TroubleCode }).code ?? 'unexpected';

export function createCameraCoach(): CameraCoach {
  let state: CameraCoachState = { kind: 'off' };
  let camera: Camera | undefined;
  let coach: CoachInBrowser | undefined;
  let opening: Promise<CoachInBrowser> | undefined;
  let starts = 0; // only the last one counts: a screen may be left while the camera still opens
  const looks = new Set<(look: Look) => void>();
  const states = new Set<() => void>();

  const tell = (next: CameraCoachState) => {
    state = next;
    for (const listener of states) listener();
  };

  async function coachReady(): Promise<CoachInBrowser> {
    opening ??= openCoach({
      model: preferences().coach,
      onProgress: (share) => {
        if (state.kind === 'loading') tell({ kind: 'loading', share });
      },
    }).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  }

  function close() {
    camera?.video.remove();
    camera?.close();
    camera = undefined;
  }

  function fail(code: TroubleCode) {
    close();
    if (isOfCoach(code)) {
      coach?.close();
      opening = undefined;
    }
    tell({ kind: 'failed', code });
  }

  async function look(picture: VideoFrame | ImageBitmap, time_s: number) {
    if (cameraCoach.mode === 'paused' || !coach) {
      picture.close();
      return;
    }
    try {
      const seen = await coach.show(picture, time_s, { paused: cameraCoach.mode === 'waiting' });
      if (seen) for (const listener of looks) listener(seen);
    } catch (error) {
      fail(codeOf(error));
    }
  }

  const cameraCoach: CameraCoach = {
    state: () => state,
    get coach() {
      return coach;
    },
    get size() {
      return { width: camera?.video.videoWidth ?? 0, height: camera?.video.videoHeight ?? 0 };
    },
    mode: 'paused',
    kind: 'camera',

    async begin({ order: { json, side, ceiling, helper } }) {
      await coach?.begin(json, { ...(side && { side }), ...(ceiling !== null && { ceiling }), helper });
    },

    async start(place) {
      close();
      tell({ kind: 'loading', share: 0 });
      starts += 1;
      const mine = starts;
      try {
        const deviceId = preferences().camera;
        const options = {
          onPicture: look,
          onEnded: ({ code }: { code: TroubleCode }) => fail(code),
          ...(deviceId && { deviceId }),
        };
        // Side by side: the permission is asked for while the networks load.
        const [opened, ready] = await Promise.all([openCamera(options), coachReady()]);
        if (mine !== starts) {
          opened.close();
          return;
        }
        camera = opened;
        coach = ready;
        place.prepend(opened.video);
        tell({ kind: 'on', model: ready.model });
      } catch (error) {
        if (mine === starts) fail(codeOf(error));
      }
    },

    onLook(listener) {
      looks.add(listener);
      return () => {
        looks.delete(listener);
      };
    },
    onState(listener) {
      states.add(listener);
      return () => {
        states.delete(listener);
      };
    },
    rest() {
      starts += 1;
      cameraCoach.mode = 'paused';
      close();
      tell({ kind: 'off' });
    },
    stop() {
      cameraCoach.rest();
      opening?.then(
        (one) => one.close(),
        () => {},
      );
      opening = undefined;
      coach = undefined;
    },
  };
  return cameraCoach;
}
