// SPDX-License-Identifier: Apache-2.0
// Speech output. It uses only voices that the browser marks as local, because others may send the text away. A language
// without a local voice gets short sounds. The screen shows every spoken text as well.

import { preferences } from '../data/preferences.ts';
import { voiceFor } from './local_voice.ts';

export type Sound = 'count' | 'cue' | 'praise' | 'stop' | 'done';

/** Tones one after the other: hertz and seconds. */
const TONES: Record<Sound, readonly (readonly [number, number])[]> = {
  count: [[880, 0.09]],
  cue: [
    [520, 0.12],
    [660, 0.14],
  ],
  praise: [
    [784, 0.08],
    [1047, 0.14],
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

/** At the target of a repetition: soft, because it comes often. */
const CHIME = [[1568, 0.25]] as const;
const CHIME_SHARE = 0.3;

/** Shares of the device's own volume. Unsourced defaults. */
const VOLUME = { full: 1, medium: 0.55, low: 0.25 };

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
let sounds_until_ms = -Infinity;

/** A limit is never said quietly. */
const volumeOf = (sound: Sound) => (sound === 'stop' ? 1 : VOLUME[preferences().volume]);

function play(tones: (typeof TONES)[Sound], type: OscillatorType = 'sine', share = 1) {
  try {
    audio ??= new AudioContext();
    void audio.resume();
    let start = audio.currentTime;
    for (const [hertz, seconds] of tones) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      tone.type = type;
      tone.frequency.value = hertz;
      volume.gain.setValueAtTime(0.2 * share, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + seconds);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      start += seconds;
      tone.stop(start);
    }
    sounds_until_ms = performance.now() + 1000 * (start - audio.currentTime);
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

/** Some browsers never say that a sentence is over; none here is longer. */
const LONGEST_MS = 8_000;
let spoke_ms = -Infinity;

/** Whether a voice of the device says something of `say`. */
export const isSpeaking = () => performance.now() - spoke_ms < LONGEST_MS && window.speechSynthesis?.speaking === true;

/** A browser says a little late that it speaks. */
const BEGINS_MS = 400;

/** Whether anything of the coach is heard, a voice or a tone. */
export const isHeard = () => {
  const now_ms = performance.now();
  return now_ms < sounds_until_ms || now_ms - spoke_ms < BEGINS_MS || isSpeaking();
};

/**
 * Says the text, or plays the sound where there is no voice; null: none. A cue cuts off the present speech. A `count`
 * during speech is dropped.
 */
export function say(text: string, language: string, sound: Sound, without: Sound | null = sound) {
  if (preferences().voice === 'off') return;
  const voice = voiceFor(language);
  if (!voice) {
    if (without) play(TONES[without], 'sine', volumeOf(without));
    return;
  }
  const speech = window.speechSynthesis;
  if (sound === 'count' && isSpeaking()) return;
  if (sound !== 'count') speech.cancel();
  spoke_ms = performance.now();
  const words = new SpeechSynthesisUtterance(text);
  words.voice = voice;
  words.lang = voice.lang;
  words.volume = volumeOf(sound);
  speech.speak(words);
}

/** The target is reached. Only where everything is said. */
export function chime() {
  if (preferences().voice === 'all') play(CHIME, 'sine', CHIME_SHARE * VOLUME[preferences().volume]);
}

/** Says the text after the sound, which comes also where the voice is off: without it a start would go unheard. */
export function signal(text: string, language: string, sound: Sound) {
  play(TONES[sound]);
  if (voiceFor(language)) say(text, language, sound);
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
