// SPDX-License-Identifier: Apache-2.0
import type { Programme } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { RequestsDue } from '../requests/due.tsx';
import { addressOf } from './address.ts';

/** On Today: the endurance sessions that the clinic has prescribed. */
export function EnduranceDue({ programme: { endurance } }: { programme: Programme }) {
  const { t, counted, number } = useLanguage();
  return (
    <RequestsDue
      title={t('endurance.title')}
      lead={t('endurance.lead')}
      action={t('endurance.open')}
      unclear={t('endurance.unclearOrder')}
      rows={endurance.map((asked) => ({
        asked,
        title: asked.activity ? t(`endurance.activity.${asked.activity}`) : t('endurance.title'),
        details: asked.scale
          ? [
              counted('endurance.minutes', asked.warmUp_min + asked.main_min + asked.coolDown_min),
              t(`endurance.effort.${asked.scale}`, { low: number(asked.effort.low), high: number(asked.effort.high) }),
            ]
          : [],
        address: addressOf(asked.request),
      }))}
    />
  );
}
