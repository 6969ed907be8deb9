// SPDX-License-Identifier: Apache-2.0
// The texts of Arabic: not reviewed by a professional, for patients only. What has no translation is in English.
import english, { type Texts } from './en.ts';
import { leftToRight } from './isolate.ts';
import language from '../../translations/ar/language.json';

const translated: Partial<Texts> = {
  ...language,
};

const texts = {
  ...(Object.fromEntries(Object.entries(english).map(([key, text]) => [key, leftToRight(text)])) as Texts),
  ...translated,
};

export default texts;
