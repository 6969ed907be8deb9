// SPDX-License-Identifier: Apache-2.0
import type { Programme } from 'reprise-engine';
import { levelWords } from '../../clinical/chart/balance_words.ts';
import { useLanguage } from '../../translations/language.tsx';
import { RequestsDue } from '../requests/due.tsx';
import { addressOf } from './address.ts';

/** On Today: the balance programmes that the clinic has prescribed, at the level that is due. */
export function BalanceDue({ programme: { balance } }: { programme: Programme }) {
  const { t, counted } = useLanguage();
  return (
    <RequestsDue
      title={t('balance.title')}
      lead={t('balance.lead')}
      action={t('balance.open')}
      unclear={t('balance.unclearOrder')}
      rows={balance.map((asked) => {
        const level = asked.levels[asked.level];
        return {
          asked,
          title: t('balance.name'),
          details: level
            ? [
                t('balance.level', { number: asked.level + 1 }),
                levelWords(level, t),
                counted('balance.count', level.holds),
              ]
            : [],
          address: addressOf(asked.request),
        };
      })}
    />
  );
}
