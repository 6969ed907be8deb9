// SPDX-License-Identifier: Apache-2.0
// A video file, or one that the camera has just filmed, looked at picture by picture, however long each takes.

/** The browser cannot show it. */
export class NoVideo extends Error {
  readonly code = 'no-video';
  constructor(
    readonly reason: 'unreadable' | 'no-length',
    message: string,
  ) {
    super(message);
  }
}

export interface VideoFile {
  /** Shows the picture that is looked at. */
  readonly video: HTMLVideoElement;
  readonly duration_s: number;
  close(): void;
}

const happened = (video: HTMLVideoElement, event: 'loadeddata' | 'durationchange' | 'seeked') =>
  new Promise<void>((resolve, reject) => {
    video.addEventListener(event, () => resolve(), { once: true });
    video.addEventListener('error', () => reject(new NoVideo('unreadable', 'the video cannot be read')), {
      once: true,
    });
  });

async function seek(video: HTMLVideoElement, time_s: number) {
  const done = happened(video, 'seeked');
  video.currentTime = time_s;
  await done;
}

/** Fails with NoVideo. */
export async function openVideoFile(file: Blob): Promise<VideoFile> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.src = URL.createObjectURL(file);
  const close = () => {
    URL.revokeObjectURL(video.src);
    video.remove();
  };
  try {
    await happened(video, 'loadeddata');
    // A browser's own recording does not say how long it is.
    if (!Number.isFinite(video.duration)) {
      const known = happened(video, 'durationchange');
      video.currentTime = 1e9;
      await known;
    }
    if (!Number.isFinite(video.duration)) throw new NoVideo('no-length', 'the video does not say how long it is');
    return { video, duration_s: video.duration, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Below the time between two pictures of any camera. */
const SHORTEST_S = 1 / 250;
/** Pictures by which the usual time between two is known. */
const FIRST = 6;

/** Where the next picture is looked for: the middle of its time, where that is known. */
export function nextLook(times: readonly number[]): number {
  const last = times.at(-1) ?? 0;
  if (times.length < FIRST) return last + SHORTEST_S;
  const steps = times.slice(1, FIRST).map((time, i) => time - (times[i] ?? 0));
  const usual = steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? SHORTEST_S;
  return last + Math.max(SHORTEST_S, 1.5 * usual);
}

/** Where the browser does not say the time of a picture, one is taken so often. */
const BLIND_S = 1 / 30;
const saysTimes = () => typeof VideoFrame === 'function';

/** The picture that is shown, with the time that the file gives it; where the browser does not say, that looked for. */
async function pictureNow(video: HTMLVideoElement, sought_s: number) {
  if (!saysTimes()) return { picture: await createImageBitmap(video), time_s: sought_s };
  const picture = new VideoFrame(video);
  return { picture, time_s: picture.timestamp / 1e6 };
}

export interface FilePicture {
  /** The receiver closes it. */
  picture: VideoFrame | ImageBitmap;
  time_s: number;
}

/** All pictures of a file, each once, with the file's own times; in older browsers thirty a second. */
export async function* picturesOf({ video, duration_s }: VideoFile): AsyncGenerator<FilePicture> {
  const times: number[] = [];
  let sought_s = 0;
  while (sought_s < duration_s) {
    await seek(video, sought_s);
    const { picture, time_s } = await pictureNow(video, sought_s);
    const last = times.at(-1);
    if (last !== undefined && time_s <= last) {
      picture.close();
      sought_s += SHORTEST_S;
      continue;
    }
    times.push(time_s);
    yield { picture, time_s };
    sought_s = saysTimes() ? nextLook(times) : sought_s + BLIND_S;
  }
}
