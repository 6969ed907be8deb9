// SPDX-License-Identifier: Apache-2.0
// A test of function before the camera that is counted for a time: countdown, "Go", its end. Pictures are looked at on
// this device alone, and none is kept.
import type { CameraTestRequest, MeasuredResult, ReadinessState } from 'reprise-engine';
import { preferences } from '../../data/preferences.ts';
import { openCamera, type Camera } from '../camera.ts';
import { openCoach, type CoachInBrowser, type Look } from '../coach.ts';
import type { FilmFailure } from '../range/film.ts';

/** The phone stands some steps away: time to go back to the chair without haste. Unsourced default. */
export const WALK_S = 15;
/** Then until "Go": the person sits still meanwhile, from which the engine knows the chair. */
export const COUNTDOWN_S = 5;
export const TEST_S = 30;
/** A rise that is under way when the time is over is seen to its end. */
const AFTER_S = 2;
const TICK_MS = 100;

export type CountedState =
  | { kind: 'loading'; share: number }
  | { kind: 'set-up'; readiness: ReadinessState | undefined }
  | { kind: 'countdown'; left_s: number }
  | { kind: 'on'; count: number; left_s: number }
  | { kind: 'summing' }
  /** `result` undefined: nothing was measured. */
  | { kind: 'done'; result: MeasuredResult | undefined; startedAt: string; duration_s: number }
  | { kind: 'failed'; code: FilmFailure };

export interface CountedTest {
  /** The text of the exercise that it counts. */
  exercise: string;
  request: Omit<CameraTestRequest, 'start_s' | 'startedAt'>;
  name: string;
}

export interface Counted {
  readonly size: { width: number; height: number };
  begin(): void;
  close(): void;
}

interface Events {
  onState: (state: CountedState) => void;
  onLook: (look: Look) => void;
  onGo: () => void;
  /** The time is over. */
  onOver: () => void;
}

const codeOf = (error: unknown) => (error as { code?: FilmFailure }).code ?? 'unexpected';
const now_s = () => performance.now() / 1000;

export function counted(test: CountedTest, place: HTMLElement, events: Events): Counted {
  let camera: Camera | undefined;
  let coach: CoachInBrowser | undefined;
  let mode: 'loading' | 'set-up' | 'on' | 'over' = 'loading';
  let timer: ReturnType<typeof setInterval> | undefined;
  /** The newest picture on its own clock, and on the page's. */
  let picture = { time_s: 0, at_s: 0 };
  let count = 0;
  /** Of the coach at "Go": who rises before it is not counted. */
  let before = 0;
  const isOver = () => mode === 'over';

  const close = () => {
    mode = 'over';
    clearInterval(timer);
    document.removeEventListener('visibilitychange', hidden);
    camera?.video.remove();
    camera?.close();
    coach?.close();
    camera = coach = undefined;
  };
  const fail = (code: FilmFailure) => {
    if (isOver()) return;
    close();
    events.onState({ kind: 'failed', code });
  };
  /** A page that is not shown gets no pictures: the test is void. */
  function hidden() {
    if (document.visibilityState === 'hidden' && mode === 'on') fail('ended');
  }

  async function finish(go_s: number, startedAt: string) {
    if (isOver() || !coach) return;
    mode = 'over';
    clearInterval(timer);
    events.onState({ kind: 'summing' });
    const { request, name } = test;
    try {
      const result = await coach.finishCounted({ request: { ...request, startedAt }, go_s, name });
      events.onState({ kind: 'done', result, startedAt, duration_s: TEST_S });
    } catch (error) {
      events.onState({ kind: 'failed', code: codeOf(error) });
    } finally {
      close();
    }
  }

  function begin() {
    if (mode !== 'set-up' || !coach) return;
    mode = 'on';
    document.addEventListener('visibilitychange', hidden);
    const seated_at_s = now_s() + WALK_S;
    timer = setInterval(() => {
      const left_s = seated_at_s - now_s();
      if (left_s > 0) {
        events.onState({ kind: 'countdown', left_s: Math.ceil(left_s + COUNTDOWN_S) });
        return;
      }
      clearInterval(timer);
      void fromSeated();
    }, TICK_MS);
  }

  async function fromSeated() {
    if (isOver() || !coach) return;
    const go_at_s = now_s() + COUNTDOWN_S;
    let go: { time_s: number; startedAt: string } | undefined;
    const tick = () => {
      const since_s = now_s() - go_at_s;
      if (since_s < 0) {
        events.onState({ kind: 'countdown', left_s: Math.ceil(-since_s) });
        return;
      }
      if (!go) {
        go = { time_s: picture.time_s + (now_s() - picture.at_s), startedAt: new Date().toISOString() };
        before = count;
        events.onGo();
      }
      const left_s = TEST_S - since_s;
      if (left_s > 0) events.onState({ kind: 'on', count: count - before, left_s: Math.ceil(left_s) });
      else if (timerIsOn) {
        timerIsOn = false;
        events.onOver();
      } else if (left_s <= -AFTER_S) void finish(go.time_s, go.startedAt);
    };
    let timerIsOn = true;
    try {
      await coach.beginCounted(test.exercise);
      if (isOver()) return;
      timer = setInterval(tick, TICK_MS);
    } catch (error) {
      fail(codeOf(error));
    }
  }

  async function look(seen: VideoFrame | ImageBitmap, time_s: number) {
    if (isOver() || !coach) {
      seen.close();
      return;
    }
    try {
      picture = { time_s, at_s: now_s() };
      const shown = await coach.show(seen, time_s);
      if (!shown || isOver()) return;
      count = shown.count;
      events.onLook(shown);
      if (mode === 'set-up') events.onState({ kind: 'set-up', readiness: shown.readiness });
    } catch (error) {
      fail(codeOf(error));
    }
  }

  async function start() {
    events.onState({ kind: 'loading', share: 0 });
    const onProgress = (share: number) => {
      if (mode === 'loading') events.onState({ kind: 'loading', share });
    };
    const { coach: model, camera: deviceId } = preferences();
    try {
      const onEnded = ({ code }: { code: FilmFailure }) => fail(code);
      camera = await openCamera({ onPicture: look, onEnded, facing: 'user', ...(deviceId && { deviceId }) });
      place.toggleAttribute('data-mirrored', camera.facing === 'user');
      place.prepend(camera.video);
      const opened = await openCoach({ model, onProgress });
      if (isOver()) return opened.close();
      coach = opened;
      await coach.prepare(test.exercise, {});
      if (isOver()) return;
      mode = 'set-up';
      events.onState({ kind: 'set-up', readiness: undefined });
    } catch (error) {
      fail(codeOf(error));
    }
    if (isOver()) close();
  }
  void start();

  return {
    get size() {
      return { width: camera?.video.videoWidth ?? 0, height: camera?.video.videoHeight ?? 0 };
    },
    begin,
    close,
  };
}
