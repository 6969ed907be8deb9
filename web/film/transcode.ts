// SPDX-License-Identifier: Apache-2.0
// Makes a film from a part of a file: played once, drawn on a canvas, and recorded from there. Place, time and device
// stay behind, because they are never copied. It takes as long as the part is.
import { everyPicture } from '../coach/camera.ts';
import { NoVideo, openVideoFile, type VideoFile } from '../coach/video_file.ts';
import { jpegOf } from '../data/draw_jpeg.ts';
import type { Cut } from './cut.ts';
import {
  bitRateFor,
  contentTypeOf,
  lowerBitRate,
  recordedType,
  sizeWithin,
  SOUND_BITS_PER_SECOND,
} from './encoding.ts';
import { NoFilm, type MadeFilm } from './made_film.ts';
import { plainFilm } from './plain_film.ts';

const PICTURES_PER_SECOND = 30;
const MOST_ATTEMPTS = 3;
/** A film that plays more slowly than it should, on a busy device, is recorded in pieces, or it would last longer. */
const PACE_CHECK_MS = 40;
const MOST_AHEAD_S = 0.08;
const POSTER_SIDE_PX = 640;
const POSTER_QUALITY = 0.8;

export interface Progress {
  /** 0 to 1, of this attempt. */
  share: number;
  secondsLeft: number;
  /** 1 is the first; another one follows a film that became too large. */
  attempt: number;
  /** The page is in the background: browsers draw nothing then, so it waits. */
  waits: boolean;
}

export interface Wanted {
  cut: Cut;
  longestSide: number;
  mostBytes: number;
  withSound: boolean;
  onProgress: (progress: Progress) => void;
  signal: AbortSignal;
}

/** Opens a file without reading all of it. Throws NoFilm; the caller closes it. */
export async function openFilm(file: Blob): Promise<VideoFile> {
  const opened = await openVideoFile(file).catch((error: unknown) => {
    throw error instanceof NoVideo ? new NoFilm(error.reason) : error;
  });
  if (opened.video.videoWidth > 0) return opened;
  opened.close();
  throw new NoFilm('no-picture');
}

const canvasOf = ({ width, height }: { width: number; height: number }) => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
};

async function posterOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = canvasOf(sizeWithin(video.videoWidth, video.videoHeight, POSTER_SIDE_PX));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new Blob([await jpegOf(canvas, POSTER_QUALITY)] as BlobPart[], { type: 'image/jpeg' });
}

/** The sound of a file as a track. It is not heard meanwhile. */
function soundOf(video: HTMLVideoElement) {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  video.muted = false;
  context.createMediaElementSource(video).connect(out);
  void context.resume();
  return {
    tracks: out.stream.getAudioTracks(),
    close: () => {
      void context.close();
    },
  };
}

async function seek(video: HTMLVideoElement, time_s: number) {
  const done = new Promise<void>((resolve, reject) => {
    video.addEventListener('seeked', () => resolve(), { once: true });
    video.addEventListener('error', () => reject(new NoFilm('unreadable')), { once: true });
  });
  video.currentTime = time_s;
  await done;
}

/** Stops recording for as long as the film lags behind its recording. */
function keepPace(video: HTMLVideoElement, recorder: MediaRecorder, from: number) {
  let recorded_s = 0;
  let last_ms: number | undefined;
  const timer = setInterval(() => {
    const now = performance.now();
    if (recorder.state === 'recording' && last_ms !== undefined) recorded_s += (now - last_ms) / 1000;
    last_ms = now;
    const ahead_s = recorded_s - (video.currentTime - from);
    if (recorder.state === 'recording' && ahead_s > MOST_AHEAD_S) recorder.pause();
    else if (recorder.state === 'paused' && ahead_s <= 0 && !video.paused) recorder.resume();
  }, PACE_CHECK_MS);
  return () => clearInterval(timer);
}

/** Plays the part and records the canvas; resolves to the recorded bytes and the poster. */
function recordPart(
  video: HTMLVideoElement,
  canvas: HTMLCanvasElement,
  recorder: MediaRecorder,
  { cut, signal, onProgress }: Pick<Wanted, 'cut' | 'signal' | 'onProgress'>,
  attempt: number,
): Promise<{ parts: Blob[]; poster: Blob }> {
  const context = canvas.getContext('2d');
  const parts: Blob[] = [];
  let poster: Promise<Blob> | undefined;
  const middle = (cut.from + cut.to) / 2;
  return new Promise((resolve, reject) => {
    const ends: (() => void)[] = [];
    const clean = () => {
      for (const end of ends) end();
      video.pause();
    };
    const fail = (error: unknown) => {
      clean();
      recorder.onstop = null;
      if (recorder.state !== 'inactive') recorder.stop();
      reject(error);
    };
    const tell = (waits: boolean) => {
      const left = Math.max(0, cut.to - video.currentTime);
      onProgress({ share: 1 - left / (cut.to - cut.from), secondsLeft: left, attempt, waits });
    };
    const finish = () => {
      clean();
      poster ??= posterOf(video);
      if (recorder.state === 'inactive') fail(new NoFilm('failed'));
      else recorder.stop();
    };
    const draw = () => {
      context?.drawImage(video, 0, 0, canvas.width, canvas.height);
      if (video.currentTime >= middle) poster ??= posterOf(video);
      tell(false);
      if (video.currentTime >= cut.to) finish();
    };
    const visibility = () => {
      if (document.visibilityState === 'hidden') {
        video.pause();
        if (recorder.state === 'recording') recorder.pause();
        tell(true);
      } else {
        video.play().catch(fail); // keepPace goes on recording
      }
    };
    recorder.ondataavailable = ({ data }) => parts.push(data);
    recorder.onerror = () => fail(new NoFilm('failed'));
    recorder.onstop = () => {
      (poster ?? posterOf(video)).then((jpeg) => resolve({ parts, poster: jpeg }), reject);
    };
    const on = (target: EventTarget, event: string, listener: () => void) => {
      target.addEventListener(event, listener);
      ends.push(() => target.removeEventListener(event, listener));
    };
    on(signal, 'abort', () => fail(signal.reason));
    on(document, 'visibilitychange', visibility);
    on(video, 'ended', finish);
    on(video, 'error', () => fail(new NoFilm('unreadable')));
    on(video, 'playing', () => {
      if (recorder.state === 'inactive') recorder.start();
    });
    if (signal.aborted) return fail(signal.reason);
    context?.drawImage(video, 0, 0, canvas.width, canvas.height);
    ends.push(everyPicture(video, draw), keepPace(video, recorder, cut.from));
    if (document.visibilityState === 'hidden') tell(true);
    else video.play().catch(fail);
  });
}

/** One attempt at a bit rate. */
async function attemptOnce(file: Blob, wanted: Wanted, type: string, bits: number | undefined, attempt: number) {
  const { video, close } = await openFilm(file);
  const { cut, longestSide, mostBytes, withSound } = wanted;
  const size = sizeWithin(video.videoWidth, video.videoHeight, longestSide);
  const canvas = canvasOf(size);
  const seconds = cut.to - cut.from;
  const rate = bits ?? bitRateFor({ ...size, seconds, mostBytes, withSound });
  let sound: ReturnType<typeof soundOf> | undefined;
  const stream = canvas.captureStream(PICTURES_PER_SECOND);
  try {
    if (withSound) sound = soundOf(video);
    for (const track of sound?.tracks ?? []) stream.addTrack(track);
    await seek(video, cut.from);
    const recorder = new MediaRecorder(stream, {
      mimeType: type,
      videoBitsPerSecond: rate,
      audioBitsPerSecond: SOUND_BITS_PER_SECOND,
    });
    const { parts, poster } = await recordPart(video, canvas, recorder, wanted, attempt);
    const contentType = contentTypeOf(type);
    const bytes = plainFilm(new Uint8Array(await new Blob(parts).arrayBuffer()));
    const blob = new Blob([bytes] as BlobPart[], { type: contentType });
    const made: MadeFilm = { blob, contentType, seconds: Math.round(seconds * 10) / 10, ...size, poster };
    return { made, rate };
  } finally {
    for (const track of stream.getTracks()) track.stop();
    sound?.close();
    close();
  }
}

/** Throws NoFilm, or the reason of `signal` when that ends it. */
export async function transcode(file: Blob, wanted: Wanted): Promise<MadeFilm> {
  const type =
    typeof MediaRecorder === 'function' && typeof HTMLCanvasElement.prototype.captureStream === 'function'
      ? recordedType(wanted.withSound, (one) => MediaRecorder.isTypeSupported(one))
      : undefined;
  if (!type) throw new NoFilm('no-recorder');
  let bits: number | undefined;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const { made, rate } = await attemptOnce(file, wanted, type, bits, attempt);
    if (made.blob.size === 0) throw new NoFilm('failed');
    if (made.blob.size <= wanted.mostBytes) return made;
    bits = lowerBitRate(rate, made.blob.size, wanted.mostBytes);
  }
  throw new NoFilm('too-large');
}
