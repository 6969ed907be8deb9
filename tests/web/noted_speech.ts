// SPDX-License-Identifier: Apache-2.0
// A stand-in for the voice of a device.

/** In the page: notes what a voice of the device would say, in window.spoken, and when, in window.spoken_ms. */
export function noted_speech() {
  window.spoken = [];
  window.spoken_ms = [];
  class Utterance {
    text: string;
    constructor(text: string) {
      this.text = text;
    }
  }
  Object.defineProperty(window, 'SpeechSynthesisUtterance', { value: Utterance });
  const voice = { localService: true, lang: 'en-GB', default: true };
  Object.defineProperty(window, 'speechSynthesis', {
    value: {
      speaking: false,
      getVoices: () => [voice],
      cancel() {},
      speak({ text }) {
        window.spoken.push(text);
        window.spoken_ms.push(performance.now());
      },
    },
  });
}
