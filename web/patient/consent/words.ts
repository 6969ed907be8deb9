// SPDX-License-Identifier: Apache-2.0
// The texts of consents. The record keeps a consent in the words that were shown.
import type { useLanguage } from '../../translations/language.tsx';

type Translate = ReturnType<typeof useLanguage>['t'];

/** The information before the first exercise, in this order. */
export const APP_WORDS = ['app', 'picture', 'results', 'alone', 'wrong', 'change'] as const;

export function wordsOfApp(t: Translate, phone: string | null): string {
  const told = APP_WORDS.flatMap((key) => [t(`welcome.${key}`), t(`welcome.${key}What`)]);
  return [
    t('welcome.title'),
    ...told,
    ...(phone ? [t('today.clinic', { number: phone })] : []),
    t('welcome.understood'),
  ].join('\n');
}

export const wordsOfRecording = (t: Translate, yes: boolean): string =>
  [t('welcome.points'), t('welcome.pointsWhat'), t('welcome.pointsAsk'), t(yes ? 'yes' : 'no')].join('\n');

export const wordsOfPhotos = (t: Translate, yes: boolean): string =>
  [t('photos.title'), t('photos.what'), t('photos.end'), t('photos.switch'), t(yes ? 'yes' : 'no')].join('\n');
