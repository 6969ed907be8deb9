// SPDX-License-Identifier: Apache-2.0
// Films a clip into this page's memory. It goes nowhere by itself, and is gone when the page is left.
import { useCallback, useEffect, useRef, useState } from 'react';
import { openCamera, type Camera, type CameraFailureCode } from '../coach/camera.ts';
import { preferences } from '../data/preferences.ts';
import { useAwake } from '../hooks/awake.ts';

const BITS_PER_SECOND = 5_000_000;
const TYPES = ['video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

export interface Clip {
  file: Blob;
  /** UTC. */
  startedAt: string;
}

export type FilmingState =
  | { kind: 'opening' }
  | { kind: 'ready' }
  | { kind: 'countdown'; left_s: number }
  | { kind: 'on'; since_s: number }
  | { kind: 'failed'; code: CameraFailureCode | 'unexpected' };

export interface FilmingOptions {
  /** Between the touch and the first picture that counts. */
  countdown_s: number;
  /** It stops by itself then. */
  longest_s: number;
  /** Pictures a second that the camera is asked for. */
  rate_hz?: number | undefined;
  facing?: 'user' | 'environment';
  withSound?: boolean;
  onClip: (clip: Clip) => void;
}

const typeHere = () => TYPES.find((type) => MediaRecorder.isTypeSupported(type));

/** Starts at once; `onClip` gets the clip when it is stopped. */
function startRecorder(stream: MediaStream, onClip: (clip: Clip) => void): MediaRecorder {
  const mimeType = typeHere();
  const recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), videoBitsPerSecond: BITS_PER_SECOND });
  const parts: Blob[] = [];
  const startedAt = new Date().toISOString();
  recorder.ondataavailable = ({ data }) => parts.push(data);
  recorder.onstop = () => onClip({ file: new Blob(parts, { type: recorder.mimeType }), startedAt });
  recorder.start();
  return recorder;
}

const stopAll = (stream: MediaStream | undefined) => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

/** The microphone for a clip. `isSilent`: it was wanted, and there is none, or it is not allowed. */
function useMicrophone(wanted: boolean) {
  const stream = useRef<MediaStream>(undefined);
  const [isSilent, setSilent] = useState(false);
  useEffect(() => {
    let over = false;
    if (wanted)
      navigator.mediaDevices?.getUserMedia({ audio: true }).then(
        (opened) => {
          if (over) stopAll(opened);
          else stream.current = opened;
        },
        () => {
          if (!over) setSilent(true);
        },
      );
    return () => {
      over = true;
      setSilent(false);
      stopAll(stream.current);
      stream.current = undefined;
    };
  }, [wanted]);
  return { stream, isSilent };
}

/** The camera is on while the component is shown; its picture is put into `place`. */
export function useFilming({
  countdown_s,
  longest_s,
  rate_hz,
  facing = 'environment',
  withSound = false,
  onClip,
}: FilmingOptions) {
  useAwake(true);
  const place = useRef<HTMLDivElement>(null);
  const camera = useRef<Camera>(undefined);
  const recorder = useRef<MediaRecorder>(undefined);
  const done = useRef(onClip);
  const microphone = useMicrophone(withSound);
  const [state, setState] = useState<FilmingState>({ kind: 'opening' });
  useEffect(() => {
    done.current = onClip;
  }, [onClip]);

  useEffect(() => {
    let over = false;
    setState({ kind: 'opening' });
    const fail = (code: CameraFailureCode | 'unexpected') => {
      if (!over) setState({ kind: 'failed', code });
    };
    const { camera: deviceId } = preferences();
    openCamera({
      onEnded: ({ code }) => fail(code),
      facing,
      ...(deviceId && { deviceId }),
      ...(rate_hz && { rate_hz }),
    }).then(
      (opened) => {
        if (over) return opened.close();
        camera.current = opened;
        place.current?.toggleAttribute('data-mirrored', opened.facing === 'user');
        place.current?.prepend(opened.video);
        setState({ kind: typeof MediaRecorder === 'function' ? 'ready' : 'failed', code: 'unsupported' });
      },
      (error: { code?: CameraFailureCode }) => fail(error.code ?? 'unexpected'),
    );
    return () => {
      over = true;
      if (recorder.current) {
        recorder.current.onstop = null;
        if (recorder.current.state !== 'inactive') recorder.current.stop();
      }
      camera.current?.video.remove();
      camera.current?.close();
      camera.current = undefined;
    };
  }, [rate_hz, facing]);

  const stop = useCallback(() => {
    if (recorder.current?.state === 'recording') recorder.current.stop();
  }, []);
  const begin = useCallback(() => {
    const stream = camera.current?.video.srcObject;
    if (!(stream instanceof MediaStream)) return;
    try {
      const tracks = [...stream.getVideoTracks(), ...(microphone.stream.current?.getAudioTracks() ?? [])];
      recorder.current = startRecorder(new MediaStream(tracks), (clip) => done.current(clip));
      setState({ kind: 'on', since_s: 0 });
    } catch {
      setState({ kind: 'failed', code: 'unsupported' });
    }
  }, [microphone.stream]);

  useEffect(() => {
    if (state.kind !== 'countdown' && state.kind !== 'on') return undefined;
    const timer = setTimeout(() => {
      if (state.kind === 'on') {
        if (state.since_s + 1 >= longest_s) stop();
        setState({ kind: 'on', since_s: state.since_s + 1 });
      } else if (state.left_s <= 1) {
        begin();
      } else {
        setState({ kind: 'countdown', left_s: state.left_s - 1 });
      }
    }, 1000);
    return () => clearTimeout(timer);
  }, [state, begin, stop, longest_s]);

  const start = () => setState({ kind: 'countdown', left_s: countdown_s });
  return { place, state, start, stop, isSilent: microphone.isSilent };
}
