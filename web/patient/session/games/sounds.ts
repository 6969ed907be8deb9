// SPDX-License-Identifier: Apache-2.0
// The games' own sounds, made here: a few soft tones. Only where everything is said, at the volume chosen for the
// voice, and never while a voice speaks.
import { isSpeaking } from '../../../coach/voice.ts';
import { preferences } from '../../../data/preferences.ts';
import { loudness } from './loudness.ts';

export type GameSound = 'won' | 'reached' | 'over';

/** Hertz, when it begins and how loud: a bell is its tone and a quieter one three times as high. */
const BELLS: Record<GameSound, readonly (readonly [number, number, number])[]> = {
  reached: [[659, 0, 0.5]],
  won: [
    [523, 0, 0.8],
    [659, 0.09, 0.8],
    [784, 0.18, 1],
  ],
  over: [
    [392, 0, 0.8],
    [523, 0.14, 0.8],
    [659, 0.28, 0.8],
    [1047, 0.42, 1],
  ],
};

const RINGS_S = 0.9;

let audio: AudioContext | undefined;

export function playSound(sound: GameSound) {
  const loud = loudness(preferences(), isSpeaking());
  if (loud === 0) return;
  try {
    audio ??= new AudioContext();
    void audio.resume();
    for (const [hertz, after, share] of BELLS[sound]) {
      for (const [times, part] of [
        [1, 1],
        [3, 0.18],
      ] as const) {
        const begins = audio.currentTime + after;
        const tone = audio.createOscillator();
        const gain = audio.createGain();
        tone.frequency.value = hertz * times;
        gain.gain.setValueAtTime(0, begins);
        gain.gain.linearRampToValueAtTime(loud * share * part, begins + 0.012);
        gain.gain.exponentialRampToValueAtTime(0.0005, begins + RINGS_S / times);
        tone.connect(gain).connect(audio.destination);
        tone.start(begins);
        tone.stop(begins + RINGS_S);
      }
    }
  } catch {
    /* a device without sound */
  }
}
