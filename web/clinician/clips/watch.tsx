// SPDX-License-Identifier: Apache-2.0
// Looks at a clip picture by picture, on this device, and measures it.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { openClips, type ClipReader } from '../../coach/clips.ts';
import type { CoachFailureCode } from '../../coach/types.ts';
import { openVideoFile, type VideoFile } from '../../coach/video_file.ts';
import { Alert } from '../../components/alert.tsx';
import { drawSkeleton } from '../../components/skeleton.ts';
import { engine } from '../../data/engine.ts';
import { useAwake } from '../../hooks/awake.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Clip } from './record.tsx';

export interface Watched<Measured> {
  measured: Measured;
  startedAt: string;
  duration_s: number;
}

/** The networks stay loaded from one clip to the next. */
export type ReaderOnce = { current: Promise<ClipReader> | undefined };

/** Its networks are freed when the page is left. */
export function useReader(): ReaderOnce {
  const reader = useRef<ReaderOnce['current']>(undefined);
  useEffect(
    () => () => {
      reader.current?.then(
        (one) => one.close(),
        () => {},
      );
      reader.current = undefined;
    },
    [],
  );
  return reader;
}

type State =
  | { kind: 'loading'; share: number }
  | { kind: 'looking'; share: number }
  | { kind: 'failed'; code: CoachFailureCode | 'no-video' };

/** `startedAt` is missing of a file: it was filmed before it was written. */
export type ShownClip = Omit<Clip, 'startedAt'> & { startedAt?: string };

interface Props<Measured> {
  clips: readonly ShownClip[];
  /** The passes before it count, too. */
  more: boolean;
  reader: ReaderOnce;
  /** Once all is seen. */
  measure: (clips: ClipReader, startedAt: string) => Promise<Measured>;
  onDone: (watched: Watched<Measured>) => void;
  /** The reader failed: the passes before are gone. */
  onLost: () => void;
  onLeave: () => void;
}

const startOf = ({ file, startedAt }: ShownClip, duration_s: number) =>
  startedAt ?? new Date((file instanceof File ? file.lastModified : Date.now()) - duration_s * 1000).toISOString();

export function Watch<Measured>({ clips: shown, more, reader, measure, onDone, onLost, onLeave }: Props<Measured>) {
  const { t } = useLanguage();
  useAwake(true);
  const place = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const given = useRef({ measure, onDone, onLost });
  const [state, setState] = useState<State>({ kind: 'loading', share: 0 });
  useEffect(() => {
    given.current = { measure, onDone, onLost };
  }, [measure, onDone, onLost]);

  useEffect(() => {
    let over = false;
    let file: VideoFile | undefined;
    let clips: ClipReader | undefined;
    const show = (next: State) => {
      if (!over) setState(next);
    };
    const open = async (clip: ShownClip) => {
      file?.close();
      file = await openVideoFile(clip.file);
      if (over) file.close();
      else place.current?.prepend(file.video);
      return file;
    };
    const load = async () => {
      reader.current ??= openClips((share) => show({ kind: 'loading', share }));
      return reader.current;
    };
    const run = async () => {
      const { bones } = await engine();
      let startedAt: string | undefined;
      let duration_s = 0;
      for (const [i, clip] of shown.entries()) {
        // First: a file that cannot be read needs no networks.
        const opened = await open(clip);
        clips ??= await load();
        if (over) return;
        if (i === 0 && !more) await clips.begin();
        const size = { width: opened.video.videoWidth, height: opened.video.videoHeight };
        // The name that a file has may say who is in it.
        await clips.look(opened, 'clip', (look, share) => {
          show({ kind: 'looking', share: (i + share) / shown.length });
          if (canvas.current) drawSkeleton(canvas.current, look, size, bones);
        });
        startedAt ??= startOf(clip, opened.duration_s);
        duration_s += opened.duration_s;
      }
      if (!clips || startedAt === undefined) return;
      const measured = await given.current.measure(clips, startedAt);
      if (!over) given.current.onDone({ measured, startedAt, duration_s });
    };
    run().catch((error: { code?: CoachFailureCode | 'no-video' }) => {
      const code = error.code ?? 'unexpected';
      // A worker that failed does not answer any more; one that a person left goes on with the next clip.
      if (!over && code !== 'no-video') {
        clips?.close();
        reader.current = undefined;
        given.current.onLost();
      }
      show({ kind: 'failed', code });
    });
    return () => {
      over = true;
      clips?.stop();
      file?.close();
    };
  }, [shown, more, reader]);

  const { kind } = state;
  return (
    <div className="filming">
      <div className="picture" ref={place} aria-hidden="true" hidden={kind === 'failed'}>
        <canvas ref={canvas} />
      </div>
      <div role="status" className="said">
        {kind === 'loading' && <p>{t('camera.loading', { percent: Math.round(state.share * 100) })}</p>}
        {kind === 'looking' && <p>{t('camtest.looking', { percent: Math.round(state.share * 100) })}</p>}
      </div>
      {kind !== 'failed' && (
        <progress max={1} value={state.share} aria-label={t(kind === 'loading' ? 'loading' : 'rom.looking')} />
      )}
      {kind === 'failed' && (
        <Alert tone="careful" role="alert">
          {state.code === 'no-video' ? (
            t('rom.noVideo')
          ) : (
            <>
              <strong>{t(`camera.${state.code}`)}</strong> {t('camtest.failed')}
            </>
          )}
        </Alert>
      )}
      <div className="actions">
        <Button size="md" variant="default" onClick={onLeave}>
          {t('rom.back')}
        </Button>
      </div>
    </div>
  );
}
