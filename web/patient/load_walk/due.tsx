// SPDX-License-Identifier: Apache-2.0
import type { Programme } from 'reprise-engine';
import { limitKg } from '../../exercises/bearing.ts';
import { useLanguage } from '../../translations/language.tsx';
import { hasBluetooth } from '../devices/link.ts';
import { RequestsDue } from '../requests/due.tsx';
import { ADDRESS } from './address.ts';
import { findAsked } from './asked.ts';

/**
 * On Today: walking with load sensors, where the clinic has set how much the leg may bear. A browser that cannot
 * connect to sensors shows the limit alone.
 */
export function LoadWalkDue({ programme }: { programme: Programme }) {
  const { t, number } = useLanguage();
  const asked = findAsked(programme);
  if (!asked) return null;
  const { side, limit } = asked;
  const can = hasBluetooth();
  return (
    <RequestsDue
      title={t('load.title')}
      lead={t(can ? 'load.lead' : 'load.cannot')}
      action={can ? t('load.open') : undefined}
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
