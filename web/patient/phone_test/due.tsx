// SPDX-License-Identifier: Apache-2.0
import type { Programme } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { RequestsDue } from '../requests/due.tsx';
import { addressOf } from './address.ts';

/** On Today: the tests that the clinic has prescribed. */
export function PhoneTestsDue({ programme: { tests } }: { programme: Programme }) {
  const { t, number } = useLanguage();
  return (
    <RequestsDue
      title={t('phone.title')}
      lead={t('phone.lead')}
      action={t('phone.open')}
      unclear={t('phone.unclearOrder')}
      rows={tests.map((asked) => ({
        asked,
        title: asked.test ? t(`phone.test.${asked.test}`) : t('phone.title'),
        details: asked.courseMeters === null ? [] : [t('phone.course', { meters: number(asked.courseMeters) })],
        address: addressOf(asked.request),
      }))}
    />
  );
}
