// SPDX-License-Identifier: Apache-2.0
// A test before the camera, or in a video file: both are looked at on this device alone, and nothing is kept of a
// picture.
import type { RangeTestSource, RangeTrialsFound, ReadinessState } from 'reprise-engine';
import { openCamera, type Camera, type CameraFailureCode } from '../camera.ts';
import { openCoach, type CoachFailureCode, type CoachInBrowser, type Look } from '../coach.ts';
import { openVideoFile, picturesOf, type VideoFile } from '../video_file.ts';
import { preferences } from '../../data/preferences.ts';
import { isTurnedAway } from './angles.ts';
import type { Language } from '../../translations/language.tsx';

export type FilmFailure = CameraFailureCode | CoachFailureCode | 'no-video';

export interface FilmedTest {
  source: RangeTestSource;
  view: 'front' | 'side';
  exercise: string;
  side: 'left' | 'right' | undefined;
  passive: boolean;
  language: Language;
  /** Begins only by `begin`, however good the set-up is. */
  byHand?: boolean;
}

export type FilmState =
  | { kind: 'loading'; share: number }
  | { kind: 'set-up'; readiness: ReadinessState | undefined }
  /** `share`: of a video file. */
  | { kind: 'on'; trials: number; value: number | undefined; share?: number }
  | { kind: 'summing' }
  | { kind: 'done'; found: RangeTrialsFound; startedAt: string; duration_s: number }
  /** Nothing was measured. */
  | { kind: 'nothing' }
  | { kind: 'failed'; code: FilmFailure };

/** Trials after which the camera's test ends by itself. */
export const WANTED_TRIALS = 3;
/** The set-up must be good for so long before the test begins by itself. */
const STEADY_S = 1.5;

const codeOf = (error: unknown) => (error as { code?: FilmFailure }).code ?? 'unexpected';

export interface Film {
  readonly size: { width: number; height: number };
  begin(): Promise<void>;
  finish(): Promise<void>;
  close(): void;
}

interface Options {
  test: FilmedTest;
  /** Where the picture is shown. */
  place: HTMLElement;
  /** Instead of the camera. */
  file: File | undefined;
  onState: (state: FilmState) => void;
  onLook: (look: Look) => void;
  /** Whom the camera shows: someone before the device, or who holds it. */
  facing?: 'user' | 'environment';
}

export function film({ test, place, file, onState, onLook, facing = 'environment' }: Options): Film {
  const { source, exercise, side, passive, language, byHand = false } = test;
  let camera: Camera | undefined;
  let video: VideoFile | undefined;
  let coach: CoachInBrowser | undefined;
  let mode: 'loading' | 'set-up' | 'on' | 'over' = 'loading';
  let startedAt = '';
  let began_ms = 0;

  const close = () => {
    mode = 'over';
    camera?.video.remove();
    camera?.close();
    video?.close();
    coach?.close();
    camera = video = coach = undefined;
  };
  const fail = (code: FilmFailure) => {
    if (mode === 'over') return;
    close();
    onState({ kind: 'failed', code });
  };

  async function finish() {
    if (mode !== 'on' || !coach) return;
    mode = 'over';
    const ending = coach;
    onState({ kind: 'summing' });
    try {
      const found = await ending.finishRange({ language, passive });
      const duration_s = video ? video.duration_s : (performance.now() - began_ms) / 1000;
      onState(found.trials.length > 0 ? { kind: 'done', found, startedAt, duration_s } : { kind: 'nothing' });
    } catch (error) {
      onState({ kind: 'failed', code: codeOf(error) });
    } finally {
      close();
    }
  }

  async function begin() {
    if (mode !== 'set-up' || !coach) return;
    mode = 'on';
    // A file was filmed before it was written.
    startedAt = new Date(file && video ? file.lastModified - video.duration_s * 1000 : Date.now()).toISOString();
    began_ms = performance.now();
    try {
      await coach.beginRange(exercise, { test: source, side });
      onState({ kind: 'on', trials: 0, value: undefined });
    } catch (error) {
      fail(codeOf(error));
    }
  }

  async function look(picture: VideoFrame | ImageBitmap, time_s: number, share?: number) {
    if (mode === 'over' || !coach) {
      picture.close();
      return;
    }
    try {
      const seen = await coach.show(picture, time_s);
      // It may have ended meanwhile.
      const now = mode as typeof mode | 'over';
      if (!seen || now === 'over') return;
      onLook(seen);
      if (now === 'set-up') {
        onState({ kind: 'set-up', readiness: seen.readiness });
        const { readiness } = seen;
        const isGood = readiness !== undefined && readiness.good_for_s >= STEADY_S && readiness.findings.length === 0;
        if (isGood && !byHand && !isTurnedAway(test, readiness)) await begin();
      } else if (now === 'on') {
        onState({
          kind: 'on',
          trials: seen.count,
          value: seen.now?.value ?? undefined,
          ...(share !== undefined && { share }),
        });
        if (share === undefined && seen.count >= WANTED_TRIALS) void finish();
      }
    } catch (error) {
      fail(codeOf(error));
    }
  }

  async function lookAtFile(of: VideoFile) {
    for await (const { picture, time_s } of picturesOf(of)) {
      if (mode !== 'on') {
        picture.close();
        break;
      }
      await look(picture, time_s, time_s / of.duration_s);
    }
    await finish();
  }

  const isOver = () => (mode as string) === 'over';

  async function start() {
    onState({ kind: 'loading', share: 0 });
    const ready = openCoach({
      model: preferences().coach,
      onProgress: (share) => {
        if (mode === 'loading') onState({ kind: 'loading', share });
      },
    });
    ready.catch(() => {});
    try {
      if (file) {
        video = await openVideoFile(file);
        if (isOver()) return close();
        place.prepend(video.video);
      } else {
        const deviceId = preferences().camera;
        camera = await openCamera({
          onPicture: look,
          onEnded: ({ code }) => fail(code),
          facing,
          ...(deviceId && { deviceId }),
        });
        if (isOver()) return close();
        place.toggleAttribute('data-mirrored', camera.facing === 'user');
        place.prepend(camera.video);
      }
      coach = await ready;
      if (isOver()) return close();
      await coach.prepareRange(exercise, { test: source, side });
      mode = 'set-up';
      if (!video) {
        onState({ kind: 'set-up', readiness: undefined });
        return;
      }
      await begin();
      await lookAtFile(video);
    } catch (error) {
      ready.then(
        (one) => one.close(),
        () => {},
      );
      fail(codeOf(error));
    }
  }
  void start();

  return {
    get size() {
      const of = camera?.video ?? video?.video;
      return { width: of?.videoWidth ?? 0, height: of?.videoHeight ?? 0 };
    },
    begin,
    finish,
    close,
  };
}
