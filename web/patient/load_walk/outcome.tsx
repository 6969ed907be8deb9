// SPDX-License-Identifier: Apache-2.0
import type { ComponentProps } from 'react';
import { useLanguage } from '../../translations/language.tsx';
import { ResultPage } from '../requests/outcome.tsx';
import type { Asked } from './asked.ts';

type Props = Omit<ComponentProps<typeof ResultPage>, 'title' | 'lead' | 'notice' | 'foot' | 'children'>;

export function Result({ asked: { side, limit }, ...given }: Props & { asked: Asked }) {
  const { t, counted, number } = useLanguage();
  const of = (measure: string) =>
    given.measured.result.values.find((one) => one.measure === measure && one.side === side)?.value ?? 0;
  return (
    <ResultPage {...given} title={t('load.result')} lead={t(`load.leg.${side}`)} foot={t('load.private')}>
      <p>{counted('load.counted', of('steps'))}</p>
      <p>{counted('load.stepsAbove', of('contacts_above_limit'))}</p>
      <p>{t('load.largest', { kg: number(Math.round((of('largest_load') / 100) * limit.bodyMass_kg)) })}</p>
    </ResultPage>
  );
}
