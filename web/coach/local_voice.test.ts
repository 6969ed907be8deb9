// SPDX-License-Identifier: Apache-2.0
// Reading aloud, by stand-ins for the browser's voices.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hasVoice, readAloud } from './local_voice.ts';

interface Spoken {
  text: string;
  lang?: string;
  onend?: () => void;
  onstart?: () => void;
}

function speaking(voices: readonly { localService: boolean; lang: string; default?: boolean }[]) {
  const spoken: Spoken[] = [];
  const speech = { getVoices: () => voices, cancel: () => spoken.splice(0), speak: (one: Spoken) => spoken.push(one) };
  vi.stubGlobal('window', { speechSynthesis: speech });
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      text: string;
      constructor(text: string) {
        this.text = text;
      }
    },
  );
  return spoken;
}

afterEach(() => vi.unstubAllGlobals());

describe('reading aloud', () => {
  it('takes only a voice of the device, in the language of the text', () => {
    speaking([
      { localService: false, lang: 'de-DE' },
      { localService: true, lang: 'en-GB' },
    ]);
    expect(hasVoice('en')).toBe(true);
    expect(hasVoice('de'), 'it would send the text away').toBe(false);
    expect(hasVoice('es')).toBe(false);
  });

  it('says the parts in their order and tells the end once', () => {
    const spoken = speaking([{ localService: true, lang: 'es-ES' }]);
    const onEnd = vi.fn();
    readAloud(['uno', 'dos'], 'es', onEnd);
    expect(spoken.map(({ text, lang }) => [text, lang])).toStrictEqual([
      ['uno', 'es-ES'],
      ['dos', 'es-ES'],
    ]);
    for (const { onend } of spoken) onend?.();
    expect(onEnd).toHaveBeenCalledTimes(1);
  });

  it('tells which part begins', () => {
    const spoken = speaking([{ localService: true, lang: 'es-ES' }]);
    const begun: number[] = [];
    readAloud(['uno', 'dos'], 'es', vi.fn(), (index) => begun.push(index));
    for (const { onstart } of spoken) onstart?.();
    expect(begun).toStrictEqual([0, 1]);
  });

  it('is silent without a voice of the device', () => {
    const spoken = speaking([{ localService: false, lang: 'en-US' }]);
    const onEnd = vi.fn();
    readAloud(['one'], 'en', onEnd);
    expect(spoken).toStrictEqual([]);
    expect(onEnd).toHaveBeenCalledTimes(1);
  });
});
