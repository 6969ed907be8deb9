// SPDX-License-Identifier: Apache-2.0
// The ticks of the pace, made here: short, soft, and lower than every other sound of the coach.
import { isHeard } from '../../../coach/voice.ts';
import { preferences } from '../../../data/preferences.ts';
import { loudnessOfTick, type Tick } from './pace_ticks.ts';

/** Hertz, seconds and share of the loudness. Out rises, back falls. */
const SOUNDS: Record<Tick, readonly [from: number, to: number, seconds: number, share: number]> = {
  out: [294, 392, 0.12, 1],
  hold: [392, 392, 0.16, 1],
  back: [392, 294, 0.12, 1],
  rest: [294, 294, 0.16, 0.7],
  second: [294, 294, 0.05, 0.5],
};

let audio: AudioContext | undefined;

export function playTick(tick: Tick) {
  const loud = loudnessOfTick(preferences(), isHeard());
  if (loud === 0) return;
  try {
    audio ??= new AudioContext();
    void audio.resume();
    const [from, to, seconds, share] = SOUNDS[tick];
    const begins = audio.currentTime;
    const tone = audio.createOscillator();
    const gain = audio.createGain();
    tone.type = 'triangle';
    tone.frequency.setValueAtTime(from, begins);
    tone.frequency.linearRampToValueAtTime(to, begins + seconds);
    gain.gain.setValueAtTime(0, begins);
    gain.gain.linearRampToValueAtTime(loud * share, begins + 0.01);
    gain.gain.exponentialRampToValueAtTime(0.0005, begins + seconds);
    tone.connect(gain).connect(audio.destination);
    tone.start(begins);
    tone.stop(begins + seconds);
  } catch {
    /* a device without sound */
  }
}
