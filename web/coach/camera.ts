// SPDX-License-Identifier: Apache-2.0
// The device's camera: its stream, and its pictures one by one with the time at which they were taken.

export type CameraFailureCode =
  /** There is none, or not the one that was asked for. */
  | 'no-camera'
  /** The person or the device's settings do not allow it. */
  | 'refused'
  /** Another program has it, or it does not start. */
  | 'in-use'
  /** The browser gives pages no camera, or not to this page: it must come over HTTPS. */
  | 'unsupported'
  /** It was unplugged, or the permission was taken away, while it was on. */
  | 'ended';

/** Why there is no picture; the screens say it in the reader's language. */
export class CameraFailure extends Error {
  constructor(
    readonly code: CameraFailureCode,
    message: string,
  ) {
    super(message);
    this.name = 'CameraFailure';
  }
}

/** One picture. Its receiver closes it. */
export type Picture = VideoFrame | ImageBitmap;

export interface CameraOptions {
  /** One of `listCameras`; else any. */
  deviceId?: string;
  /** The direction, where there is a choice: "user" faces the device's user. Default. */
  facing?: 'user' | 'environment';
  /** Pictures a second, where the camera can. Default 30. */
  rate_hz?: number;
  /**
   * Gets the pictures. While what it returned is still to come, only the newest picture waits, and those before it are
   * dropped. `time_s` is when the picture was taken, on a clock of its own.
   */
  onPicture?: (picture: Picture, time_s: number) => Promise<unknown> | undefined;
  /** The camera gives black pictures for a while: covered by the system, or another program took it. */
  onMuted?: (muted: boolean) => void;
  /** Once, where it stops by itself; `close` says nothing. */
  onEnded?: (failure: CameraFailure) => void;
}

export interface Camera {
  /** Plays the picture; the screen puts it where it is shown. */
  readonly video: HTMLVideoElement;
  /** As the device names it; changes with `deviceId` asked for. */
  readonly deviceId: string;
  /** Which way it looks, where the device says so. */
  readonly facing: 'user' | 'environment' | undefined;
  /** The numbers of pictures that came, and of those dropped for lack of time. */
  readonly pictures: { came: number; dropped: number };
  /** Turns the camera off. */
  close(): void;
}

const CODES: Record<string, CameraFailureCode> = {
  NotFoundError: 'no-camera',
  OverconstrainedError: 'no-camera',
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotReadableError: 'in-use',
  AbortError: 'in-use',
  TypeError: 'unsupported',
};

function failureOf(error: unknown): CameraFailure {
  const name = error instanceof Error ? error.name : '';
  return new CameraFailure(CODES[name] ?? 'in-use', String(error));
}

/** The cameras that a person can choose from; names are empty until one was allowed. */
export async function listCameras(): Promise<{ deviceId: string; name: string }[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ deviceId, name: label }));
}

async function start(options: CameraOptions): Promise<MediaStream> {
  if (!navigator.mediaDevices?.getUserMedia) throw new CameraFailure('unsupported', 'pages get no camera here');
  const which = options.deviceId ? { deviceId: { exact: options.deviceId } } : { facingMode: options.facing ?? 'user' };
  // The networks look at 256 x 256 pixels of it: more than this is copied for nothing.
  const video = {
    ...which,
    width: { ideal: 1280 },
    height: { ideal: 720 },
    frameRate: { ideal: options.rate_hz ?? 30 },
  };
  return navigator.mediaDevices.getUserMedia({ video, audio: false }).catch((error: unknown) => {
    throw failureOf(error);
  });
}

async function play(stream: MediaStream): Promise<HTMLVideoElement> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  await video.play().catch((error: unknown) => {
    throw failureOf(error);
  });
  return video;
}

const takePicture = (video: HTMLVideoElement): Picture | Promise<Picture> =>
  typeof VideoFrame === 'function' ? new VideoFrame(video) : createImageBitmap(video);

/** Calls `each` for every new picture until what it returns is called. */
export function everyPicture(video: HTMLVideoElement, each: (time_s: number) => void): () => void {
  let handle = 0;
  if (typeof video.requestVideoFrameCallback === 'function') {
    let clock: 'capture' | 'media' | undefined;
    const came = (now: number, { captureTime, mediaTime }: VideoFrameCallbackMetadata) => {
      clock ??= captureTime === undefined ? 'media' : 'capture';
      handle = video.requestVideoFrameCallback(came);
      each(clock === 'media' ? mediaTime : (captureTime ?? now) / 1000);
    };
    handle = video.requestVideoFrameCallback(came);
    return () => {
      video.cancelVideoFrameCallback(handle);
    };
  }
  // Without it, a picture is new where its time is.
  let last_s = -1;
  const look = () => {
    handle = requestAnimationFrame(look);
    if (video.currentTime === last_s) return;
    last_s = video.currentTime;
    each(last_s);
  };
  handle = requestAnimationFrame(look);
  return () => {
    cancelAnimationFrame(handle);
  };
}

/** Hands pictures on one at a time; of those that come meanwhile the newest waits. */
function newestOnly(onPicture: NonNullable<CameraOptions['onPicture']>, pictures: { dropped: number }) {
  let busy = false;
  let stopped = false;
  let next: { picture: Picture; time_s: number } | undefined;
  const drop = () => {
    if (!next) return;
    next.picture.close();
    next = undefined;
    pictures.dropped += 1;
  };
  const work = async () => {
    busy = true;
    while (next) {
      const { picture, time_s } = next;
      next = undefined;
      await (async () => onPicture(picture, time_s))().catch(console.error);
    }
    busy = false;
  };
  return {
    take(picture: Picture, time_s: number) {
      drop();
      next = { picture, time_s };
      if (stopped) drop();
      else if (!busy) void work();
    },
    stop() {
      stopped = true;
      drop();
    },
  };
}

/** Turns a camera on. Fails with a CameraFailure. */
export async function openCamera(options: CameraOptions = {}): Promise<Camera> {
  const stream = await start(options);
  const stop = () => {
    for (const track of stream.getTracks()) track.stop();
  };
  const video = await play(stream).catch((error: unknown) => {
    stop();
    throw error;
  });
  const [track] = stream.getVideoTracks();
  const { deviceId = '', facingMode } = track?.getSettings() ?? {};
  const pictures = { came: 0, dropped: 0 };
  const give = options.onPicture && newestOnly(options.onPicture, pictures);
  const halt = everyPicture(video, (time_s) => {
    pictures.came += 1;
    // Copied at once: later it would be another picture.
    if (give)
      (async () => takePicture(video))()
        .then((picture) => {
          give.take(picture, time_s);
        })
        .catch(console.error);
  });
  // Some browsers stop the picture while the page is out of sight, and do not go on by themselves.
  const resume = () => {
    if (document.visibilityState === 'visible' && video.paused) video.play().catch(() => {});
  };
  document.addEventListener('visibilitychange', resume);
  const close = () => {
    document.removeEventListener('visibilitychange', resume);
    halt();
    give?.stop();
    stop();
    video.srcObject = null;
  };
  track?.addEventListener('mute', () => options.onMuted?.(true));
  track?.addEventListener('unmute', () => options.onMuted?.(false));
  // Not told of `stop`.
  track?.addEventListener('ended', () => {
    close();
    options.onEnded?.(new CameraFailure('ended', 'the camera stopped'));
  });
  return {
    video,
    deviceId,
    facing: facingMode === 'user' || facingMode === 'environment' ? facingMode : undefined,
    pictures,
    close,
  };
}
