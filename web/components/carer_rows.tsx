// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { endCarer, type ListedCarer } from '../data/carers.ts';
import { useLanguage } from '../translations/language.tsx';
import { Badge } from './badge.tsx';
import { Confirm } from './dialog.tsx';

interface Props {
  carers: readonly ListedCarer[];
  /** Whom they help, in the question whether to end it. */
  endWords: (name: string) => string;
  beside?: (carer: ListedCarer) => ReactNode;
  onEnded: () => Promise<unknown>;
}

/** Lists carers, each with a way to end the leave at once. */
export function CarerRows({ carers, endWords, beside, onEnded }: Props) {
  const { t, day } = useLanguage();
  const [ending, setEnding] = useState<ListedCarer>();
  return (
    <>
      <ul className="rows">
        {carers.map((carer) => (
          <li key={carer.id} className="row">
            <span>
              <strong>{carer.name}</strong> ({t(`carers.relation.${carer.relationship}`)}){' '}
              {!carer.hasPassword && <Badge tone="plain">{t('carers.waits')}</Badge>}
              <span className="small">
                {' '}
                {t('carers.since', { when: day(carer.since.slice(0, 10)), login: carer.login })}
              </span>
            </span>
            <span className="end">
              {beside?.(carer)}
              <Button variant="default" onClick={() => setEnding(carer)}>
                {t('carers.end')}
                <span className="hidden"> {carer.name}</span>
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {ending && (
        <Confirm
          title={t('carers.endAsk', { name: ending.name })}
          text={endWords(ending.name)}
          action={t('carers.endNow')}
          onClose={() => setEnding(undefined)}
          onConfirm={async () => {
            await endCarer(ending.id);
            await onEnded();
          }}
        />
      )}
    </>
  );
}
