// SPDX-License-Identifier: Apache-2.0
import type { Programme } from 'reprise-engine';
import { limitKg } from '../../exercises/bearing.ts';
import { useLanguage } from '../../translations/language.tsx';
import { RequestsDue } from '../requests/due.tsx';
import { ADDRESS } from './address.ts';
import { findAsked } from './asked.ts';

/** On Today: walking with load sensors, where the clinic has set how much the leg may bear. */
export function LoadWalkDue({ programme }: { programme: Programme }) {
  const { t, number } = useLanguage();
  const asked = findAsked(programme);
  if (!asked) return null;
  const { side, limit } = asked;
  return (
    <RequestsDue
      title={t('load.title')}
      lead={t('load.lead')}
      action={t('load.open')}
      unclear=""
      rows={[
        {
          asked,
          title: t(`load.leg.${side}`),
          details: [t('load.atMost', { kg: number(limitKg(limit)) })],
          address: ADDRESS,
        },
      ]}
    />
  );
}
