// SPDX-License-Identifier: Apache-2.0
// Films a clip into this page's memory. It goes nowhere, and is gone when the page is left.
import { Button } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { openCamera, type Camera, type CameraFailureCode } from '../../coach/camera.ts';
import { Alert } from '../../components/alert.tsx';
import { preferences } from '../../data/preferences.ts';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';

/** Between the touch and the first picture that counts. */
const COUNTDOWN_S = 3;
/** Enough for every test; more would fill a phone's memory. */
const LONGEST_S = 300;
const BITS_PER_SECOND = 5_000_000;
const TYPES = ['video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

export interface Clip {
  file: Blob;
  /** UTC. */
  startedAt: string;
}

type State =
  | { kind: 'opening' }
  | { kind: 'ready' }
  | { kind: 'countdown'; left_s: number }
  | { kind: 'on'; since_s: number }
  | { kind: 'failed'; code: CameraFailureCode | 'unexpected' };

/** The subject of the clip, in the reader's language. */
export interface Filmed {
  name: string;
  /** What the person does. */
  does: string;
  setUp: string;
  /** Pictures a second that the camera is asked for. */
  rate_hz?: number | undefined;
}

interface Props {
  filmed: Filmed;
  onClip: (clip: Clip) => void;
  onLeave: () => void;
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

export function Record({ filmed, onClip, onLeave }: Props) {
  const { t } = useLanguage();
  useAwake(true);
  const place = useRef<HTMLDivElement>(null);
  const camera = useRef<Camera>(undefined);
  const recorder = useRef<MediaRecorder>(undefined);
  const done = useRef(onClip);
  const [state, setState] = useState<State>({ kind: 'opening' });
  const { rate_hz } = filmed;
  useEffect(() => {
    done.current = onClip;
  }, [onClip]);

  useEffect(() => {
    let over = false;
    const fail = (code: CameraFailureCode | 'unexpected') => {
      if (!over) setState({ kind: 'failed', code });
    };
    const { camera: deviceId } = preferences();
    openCamera({
      onEnded: ({ code }) => fail(code),
      facing: 'environment',
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
  }, [rate_hz]);

  const stop = useCallback(() => {
    if (recorder.current?.state === 'recording') recorder.current.stop();
  }, []);
  const begin = useCallback(() => {
    const stream = camera.current?.video.srcObject;
    if (!(stream instanceof MediaStream)) return;
    try {
      recorder.current = startRecorder(stream, (clip) => done.current(clip));
      setState({ kind: 'on', since_s: 0 });
    } catch {
      setState({ kind: 'failed', code: 'unsupported' });
    }
  }, []);

  useEffect(() => {
    if (state.kind !== 'countdown' && state.kind !== 'on') return undefined;
    const timer = setTimeout(() => {
      if (state.kind === 'on') {
        if (state.since_s + 1 >= LONGEST_S) stop();
        setState({ kind: 'on', since_s: state.since_s + 1 });
      } else if (state.left_s <= 1) {
        begin();
      } else {
        setState({ kind: 'countdown', left_s: state.left_s - 1 });
      }
    }, 1000);
    return () => clearTimeout(timer);
  }, [state, begin, stop]);

  return (
    <div className="filming">
      <p>
        <strong>{filmed.name}</strong>. {filmed.does}
      </p>
      <div className="picture" ref={place} aria-hidden="true" hidden={state.kind === 'failed'} />
      <div role="status" className="said">
        {state.kind === 'opening' && <p>{t('camtest.opening')}</p>}
        {state.kind === 'ready' && <p>{filmed.setUp}</p>}
        {state.kind === 'countdown' && <p className="advice">{state.left_s}</p>}
        {state.kind === 'on' && <p className="advice">{t('camtest.on', { seconds: state.since_s })}</p>}
      </div>
      {state.kind === 'failed' && (
        <Alert tone="careful" role="alert">
          <strong>{t(`camera.${state.code}`)}</strong> {t('camtest.film.failed')}
        </Alert>
      )}
      <div className="actions">
        {state.kind === 'ready' && (
          <Button size="md" onClick={() => setState({ kind: 'countdown', left_s: COUNTDOWN_S })}>
            {t('camtest.begin')}
          </Button>
        )}
        {state.kind === 'on' && (
          <Button size="md" onClick={stop}>
            {t('camtest.stop')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onLeave}>
          {t('rom.back')}
        </Button>
      </div>
    </div>
  );
}
