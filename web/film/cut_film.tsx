// SPDX-License-Identifier: Apache-2.0
// A film that was filmed or chosen: looked at, and cut to the part that is kept.
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../translations/language.tsx';
import type { VideoFile } from '../coach/video_file.ts';
import { endAt, firstCut, startAt, type Cut } from './cut.ts';

/** Of the sliders. */
const STEP_S = 0.1;

interface SliderProps {
  label: string;
  value: number;
  most: number;
  onValue: (value: number) => void;
}

const tenth = (seconds: number) => Math.round(seconds * 10) / 10;

function Slider({ label, value, most, onValue }: SliderProps) {
  const { t, number } = useLanguage();
  const time = t('film.seconds', { seconds: number(tenth(value)) });
  return (
    <label className="film-slider">
      <span>
        {label} <span className="small">{time}</span>
      </span>
      <input
        type="range"
        min={0}
        max={most}
        step={STEP_S}
        value={value}
        aria-label={label}
        aria-valuetext={time}
        onChange={({ currentTarget }) => onValue(Number(currentTarget.value))}
      />
    </label>
  );
}

interface Props {
  film: VideoFile;
  /** Otherwise as much from the start as may be kept. */
  first?: Cut;
  mostSeconds: number;
  /** What will not be kept is not heard. */
  withSound: boolean;
  onCut: (cut: Cut) => void;
  onAnother: () => void;
}

/** Plays only the part; paused by the reader it stays where it is. */
function usePart(video: HTMLVideoElement, cut: Cut) {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    if (!isOn) return undefined;
    const look = () => {
      if (video.currentTime >= cut.to) video.pause();
    };
    const end = () => setOn(false);
    video.addEventListener('timeupdate', look);
    video.addEventListener('pause', end);
    return () => {
      video.removeEventListener('timeupdate', look);
      video.removeEventListener('pause', end);
    };
  }, [isOn, video, cut.to]);
  const play = () => {
    video.currentTime = cut.from;
    setOn(true);
    video.play().catch(() => setOn(false));
  };
  return { isOn, play };
}

export function CutFilm({ film, first, mostSeconds, withSound, onCut, onAnother }: Props) {
  const { t, number } = useLanguage();
  const { video } = film;
  const place = useRef<HTMLDivElement>(null);
  const limits = { seconds: film.duration_s, mostSeconds };
  const [cut, setCut] = useState(() => first ?? firstCut(limits));
  const { isOn, play } = usePart(video, cut);
  const label = t('film.preview');
  useEffect(() => {
    video.controls = true;
    video.setAttribute('aria-label', label);
    place.current?.prepend(video);
    return () => {
      video.pause();
      video.remove();
    };
  }, [video, label]);
  useEffect(() => {
    video.muted = !withSound;
  }, [video, withSound]);
  useEffect(() => {
    // Of a recording of a browser, the search for its length left it at its end.
    video.currentTime = 0;
  }, [video]);
  /** `moment`: what the film shows then. */
  const change = (next: Cut, moment: number) => {
    video.pause();
    video.currentTime = moment;
    setCut(next);
  };
  const start = (moment: number) => {
    const next = startAt(cut, moment, limits);
    change(next, next.from);
  };
  const end = (moment: number) => {
    const next = endAt(cut, moment, limits);
    change(next, next.to);
  };
  return (
    <>
      <div className="film-picture" ref={place} />
      <p>
        {t('film.length', { seconds: number(tenth(cut.to - cut.from)) })}{' '}
        {film.duration_s > mostSeconds && t('film.tooLong', { most: mostSeconds })}
      </p>
      <Slider label={t('film.from')} value={cut.from} most={film.duration_s} onValue={start} />
      <Slider label={t('film.to')} value={cut.to} most={film.duration_s} onValue={end} />
      <div className="actions">
        <Button variant="default" size="md" onClick={() => start(video.currentTime)}>
          {t('film.startHere')}
        </Button>
        <Button variant="default" size="md" onClick={() => end(video.currentTime)}>
          {t('film.endHere')}
        </Button>
        <Button variant="default" size="md" onClick={isOn ? () => video.pause() : play}>
          {t(isOn ? 'film.pause' : 'film.playPart')}
        </Button>
      </div>
      <div className="actions">
        <Button size="md" onClick={() => onCut(cut)}>
          {t('film.use')}
        </Button>
        <Button variant="default" size="md" onClick={onAnother}>
          {t('film.another')}
        </Button>
      </div>
    </>
  );
}
