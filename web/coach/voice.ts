// SPDX-License-Identifier: Apache-2.0
// Speech output. It uses only voices that the browser marks as local, because others may send the text away. A language
// without a local voice gets short sounds. The screen shows every spoken text as well.

import { preferences } from '../data/preferences.ts';
import { voiceFor } from './local_voice.ts';

export type Sound = 'count' | 'cue' | 'stop' | 'done';

/** Tones one after the other: hertz and seconds. */
const TONES: Record<Sound, readonly (readonly [number, number])[]> = {
  count: [[880, 0.09]],
  cue: [
    [520, 0.12],
    [660, 0.14],
  ],
  stop: [
    [330, 0.2],
    [247, 0.35],
  ],
  done: [
    [660, 0.1],
    [880, 0.1],
    [1100, 0.2],
  ],
};

/** Above a limit of load, by how far: no other sound is like them. Unsourced defaults. */
const WARNINGS: readonly (readonly (readonly [number, number])[])[] = [
  [[740, 0.12]],
  [
    [988, 0.1],
    [988, 0.1],
  ],
  [
    [1319, 0.08],
    [1319, 0.08],
    [1319, 0.08],
  ],
];

let audio: AudioContext | undefined;

function play(tones: (typeof TONES)[Sound], type: OscillatorType = 'sine') {
  try {
    audio ??= new AudioContext();
    void audio.resume();
    let start = audio.currentTime;
    for (const [hertz, seconds] of tones) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.type = type;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.2, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      start += seconds;
      tone.stop(start);
    }
  } catch {
    /* a device without sound */
  }
}

/** Browsers allow sound only after a touch; called from one. */
export function wakeVoice() {
  try {
    audio ??= new AudioContext();
    void audio.resume();
  } catch {
    /* as above */
  }
  window.speechSynthesis?.getVoices(); // begins to load them
}

/**
 * Says the text, or plays the sound where there is no voice. A cue cuts off the present speech. A `count` during speech
 * is dropped.
 */
export function say(text: string, language: string, sound: Sound) {
  if (!preferences().voice) return;
  const voice = voiceFor(language);
  if (!voice) {
    play(TONES[sound]);
    return;
  }
  const speech = window.speechSynthesis;
  if (sound === 'count' && speech.speaking) return;
  if (sound !== 'count') speech.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  speech.speak(words);
}

/** Says the text after the sound, which comes also where the voice is off: without it a start would go unheard. */
export function signal(text: string, language: string, sound: Sound) {
  play(TONES[sound]);
  if (preferences().voice && voiceFor(language)) say(text, language, sound);
}

/** Vibrates where the device and its browser can. */
function buzz(pattern: number[]) {
  if ('vibrate' in navigator) navigator.vibrate(pattern);
}

/** The sound of a stop without words, to be repeated. It comes also where the voice is off. */
export function alarm() {
  buzz([300]);
  play(TONES.stop);
}

/** Above a limit of load; `level`: 1 to 3. It comes also where the voice is off. */
export function warn(level: number) {
  buzz(Array.from({ length: 2 * level - 1 }, () => 60));
  play(WARNINGS[Math.min(level, WARNINGS.length) - 1] ?? [], 'square');
}
