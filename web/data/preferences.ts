// SPDX-License-Identifier: Apache-2.0
// The user's preferences on this device. Where the browser forbids storing, they last as long as the page.
import { useSyncExternalStore } from 'react';

export interface Preferences {
  /** What the coach says aloud; `less`: counts, corrections and warnings. */
  voice: 'all' | 'less' | 'off';
  volume: 'full' | 'medium' | 'low';
  /** An arm held out to the side pauses a set in front of the camera. */
  handPause: boolean;
  /** The pace of the exercise is heard in a set. */
  paceSound: boolean;
  /** A small figure does the exercise along in a set. */
  figure: boolean;
  /** Percent of the browser's own size. */
  textSize: 100 | 125 | 150 | 200;
  /** Less than the system asks for, never more. */
  lessMotion: boolean;
  leftHanded: boolean;
  /** Id of a camera; empty: the one that faces the person. */
  camera: string;
  coach: 'auto' | 'lite' | 'full';
}

export const TEXT_SIZES = [100, 125, 150, 200] as const;
const STORED_AS = 'reprise-preferences';
const FIRST: Preferences = {
  voice: 'all',
  volume: 'full',
  handPause: true,
  paceSound: false,
  figure: true,
  textSize: 100,
  lessMotion: false,
  leftHanded: false,
  camera: '',
  coach: 'auto',
};

type Stored = Partial<Omit<Preferences, 'voice'>> & { voice?: Preferences['voice'] | boolean };

/** As they were stored; before there were three levels, the voice was on or off. */
export function preferencesFrom(json: string): Preferences {
  try {
    const { voice = FIRST.voice, ...others } = JSON.parse(json) as Stored;
    return { ...FIRST, ...others, voice: typeof voice === 'string' ? voice : voice ? 'all' : 'off' };
  } catch {
    return FIRST;
  }
}

function stored(): Preferences {
  try {
    return preferencesFrom(window.localStorage.getItem(STORED_AS) ?? '{}');
  } catch {
    return FIRST;
  }
}

let now = stored();
const listeners = new Set<() => void>();

/** Text size, motion and hand are marked on the page itself, for the styles. */
function show() {
  const root = document.documentElement;
  root.style.fontSize = now.textSize === 100 ? '' : `${now.textSize}%`;
  root.toggleAttribute('data-less-motion', now.lessMotion);
  root.toggleAttribute('data-left-handed', now.leftHanded);
}

export const preferences = () => now;

export function prefer(change: Partial<Preferences>) {
  now = { ...now, ...change };
  try {
    window.localStorage.setItem(STORED_AS, JSON.stringify(now));
  } catch {
    /* for this page only */
  }
  show();
  for (const listener of listeners) listener();
}

export const wantsLessMotion = () => now.lessMotion || window.matchMedia('(prefers-reduced-motion: reduce)').matches;

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export const usePreferences = () => useSyncExternalStore(subscribe, () => now);

show();
