// SPDX-License-Identifier: Apache-2.0
// The voices that the browser marks as local: others may send the text away.

export function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  const own =
    window.speechSynthesis
      ?.getVoices()
      .filter(({ localService, lang }) => localService && lang.toLowerCase().startsWith(language)) ?? [];
  return own.find((voice) => voice.default) ?? own[0];
}

/** Whether the device reads this language aloud by itself. */
export const hasVoice = (language: string) => voiceFor(language) !== undefined;

/** Calls back when the browser has loaded its voices. Returns how to end that. Some browsers cannot tell. */
export function onVoices(callback: () => void) {
  window.speechSynthesis?.addEventListener?.('voiceschanged', callback);
  return () => window.speechSynthesis?.removeEventListener?.('voiceschanged', callback);
}

/**
 * Reads the parts aloud, one after the other, until hush(); also where the coach's voice is off, because a touch asks
 * for it. `onEnd`: after the last part, or when something else speaks. `onPart`: the index of the part that begins.
 */
export function readAloud(
  parts: readonly string[],
  language: string,
  onEnd: () => void,
  onPart?: (index: number) => void,
) {
  const voice = voiceFor(language);
  if (!voice) {
    onEnd();
    return;
  }
  const speech = window.speechSynthesis;
  speech.cancel();
  for (const [i, part] of parts.entries()) {
    const words = new SpeechSynthesisUtterance(part);
    words.voice = voice;
    words.lang = voice.lang;
    if (i === parts.length - 1) words.onend = onEnd;
    words.onerror = onEnd;
    if (onPart) words.onstart = () => onPart(i);
    speech.speak(words);
  }
}

export function hush() {
  window.speechSynthesis?.cancel();
}
