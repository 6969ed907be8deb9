// SPDX-License-Identifier: Apache-2.0
// Makes a short film on this device: filmed or chosen, looked at, cut, and drawn anew. Nothing leaves the device here.
import './film.css';
import { Button, FileButton, Switch } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { VideoFile } from '../coach/video_file.ts';
import { Alert } from '../components/alert.tsx';
import { useAwake } from '../hooks/awake.ts';
import { useLanguage } from '../translations/language.tsx';
import { LEAST_SECONDS, type Cut } from './cut.ts';
import { CutFilm } from './cut_film.tsx';
import { FilmWithCamera } from './film_with_camera.tsx';
import { NoFilm, type MadeFilm, type NoFilmCode } from './made_film.ts';
import { openFilm, transcode, type Progress } from './transcode.ts';

const LONGEST_SIDE_PX = 1280;

export interface FilmMakerProps {
  mostSeconds: number;
  mostBytes: number;
  withSound: boolean;
  /** Where it is given, the reader chooses whether the film has sound. */
  onWithSound?: (withSound: boolean) => void;
  /** In pixels; default 1280. */
  longestSide?: number;
  onMade: (film: MadeFilm) => void;
  onCancel: () => void;
}

type Step =
  | { kind: 'source'; why?: NoFilmCode }
  | { kind: 'camera' }
  | { kind: 'opening' }
  | { kind: 'cut'; file: Blob; film: VideoFile; cut?: Cut; why?: NoFilmCode }
  | { kind: 'making'; file: Blob; film: VideoFile; cut: Cut };

const codeOf = (error: unknown): NoFilmCode => {
  if (error instanceof NoFilm) return error.code;
  console.error(error);
  return 'failed';
};

function Why({ code, mostSeconds }: { code: NoFilmCode | undefined; mostSeconds: number }) {
  const { t } = useLanguage();
  if (!code) return null;
  return (
    <Alert tone="careful" role="alert">
      {t(`film.why.${code}`, { least: LEAST_SECONDS, most: mostSeconds })}
    </Alert>
  );
}

interface MakingProps extends Pick<FilmMakerProps, 'mostBytes' | 'withSound' | 'onMade'> {
  file: Blob;
  cut: Cut;
  longestSide: number;
  onFailed: (code: NoFilmCode) => void;
  onStop: () => void;
}

function Making({ file, cut, mostBytes, withSound, longestSide, onMade, onFailed, onStop }: MakingProps) {
  const { t } = useLanguage();
  useAwake(true);
  const [progress, setProgress] = useState<Progress>();
  const given = useRef({ onMade, onFailed });
  useEffect(() => {
    given.current = { onMade, onFailed };
  }, [onMade, onFailed]);
  useEffect(() => {
    const ending = new AbortController();
    const { signal } = ending;
    transcode(file, { cut, longestSide, mostBytes, withSound, onProgress: setProgress, signal }).then(
      (made) => {
        if (!signal.aborted) given.current.onMade(made);
      },
      (error: unknown) => {
        if (!signal.aborted) given.current.onFailed(codeOf(error));
      },
    );
    return () => ending.abort();
  }, [file, cut, longestSide, mostBytes, withSound]);
  const { share = 0, secondsLeft = cut.to - cut.from, attempt = 1, waits = false } = progress ?? {};
  return (
    <>
      <p id="film-making">{t('film.making')}</p>
      <progress className="film-progress" max={1} value={share} aria-labelledby="film-making" />
      <p>{t('film.left', { seconds: Math.ceil(secondsLeft) })}</p>
      <div role="status">
        {waits && <p>{t('film.waits')}</p>}
        {attempt > 1 && <p>{t('film.smaller')}</p>}
      </div>
      <div className="actions">
        <Button variant="default" size="md" onClick={onStop}>
          {t('film.stopMaking')}
        </Button>
      </div>
    </>
  );
}

/** A step of its own for the keyboard and for a screen reader: it has the focus as soon as it is shown. */
function FocusedStep({ focused, children }: { focused: boolean; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (focused) place.current?.focus();
  }, [focused]);
  return (
    <div className="film-maker" ref={place} tabIndex={-1}>
      {children}
    </div>
  );
}

/** The file is closed when another takes its place, and when the maker is left. */
function useStep() {
  const [step, setStep] = useState<Step>({ kind: 'source' });
  const film = 'film' in step ? step.film : undefined;
  useEffect(() => () => film?.close(), [film]);
  return [step, setStep] as const;
}

export function FilmMaker({
  mostSeconds,
  mostBytes,
  withSound,
  onWithSound,
  longestSide = LONGEST_SIDE_PX,
  onMade,
  onCancel,
}: FilmMakerProps) {
  const { t } = useLanguage();
  const [step, setStep] = useStep();
  const [touched, setTouched] = useState(false);
  const turn = useRef(0);
  useEffect(() => {
    const turns = turn;
    return () => {
      turns.current += 1;
    };
  }, []);
  const go = (next: Step) => {
    turn.current += 1;
    setTouched(true);
    setStep(next);
  };
  const open = async (file: Blob) => {
    go({ kind: 'opening' });
    const { current } = turn;
    try {
      const film = await openFilm(file);
      if (turn.current !== current) film.close();
      else if (film.duration_s >= LEAST_SECONDS) go({ kind: 'cut', file, film });
      else {
        film.close();
        throw new NoFilm('too-short');
      }
    } catch (error) {
      const why = codeOf(error);
      if (turn.current === current) go({ kind: 'source', why });
    }
  };
  const sound = onWithSound && (
    <Switch
      label={t('film.voice')}
      checked={withSound}
      onChange={({ currentTarget }) => onWithSound(currentTarget.checked)}
    />
  );
  return (
    <FocusedStep key={step.kind} focused={touched}>
      {step.kind === 'source' && (
        <>
          <p>{t('film.lead', { most: mostSeconds })}</p>
          <Why code={step.why} mostSeconds={mostSeconds} />
          {sound}
          <div className="actions">
            <Button size="md" onClick={() => go({ kind: 'camera' })}>
              {t('film.now')}
            </Button>
            <FileButton
              accept="video/*"
              onChange={(file) => {
                if (file) void open(file);
              }}
            >
              {(button) => (
                <Button {...button} variant="default" size="md">
                  {t('film.choose')}
                </Button>
              )}
            </FileButton>
            <Button variant="default" size="md" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </div>
        </>
      )}
      {step.kind === 'camera' && (
        <FilmWithCamera
          mostSeconds={mostSeconds}
          withSound={withSound}
          onFilmed={(file) => void open(file)}
          onLeave={() => go({ kind: 'source' })}
        />
      )}
      {step.kind === 'opening' && <p role="status">{t('film.opens')}</p>}
      {step.kind === 'cut' && (
        <>
          <Why code={step.why} mostSeconds={mostSeconds} />
          {sound}
          <CutFilm
            film={step.film}
            {...(step.cut && { first: step.cut })}
            mostSeconds={mostSeconds}
            withSound={withSound}
            onCut={(cut) => go({ kind: 'making', file: step.file, film: step.film, cut })}
            onAnother={() => go({ kind: 'source' })}
          />
        </>
      )}
      {step.kind === 'making' && (
        <Making
          file={step.file}
          cut={step.cut}
          mostBytes={mostBytes}
          withSound={withSound}
          longestSide={longestSide}
          onMade={onMade}
          onFailed={(why) => go({ ...step, kind: 'cut', why })}
          onStop={() => go({ ...step, kind: 'cut' })}
        />
      )}
    </FocusedStep>
  );
}
