// SPDX-License-Identifier: Apache-2.0
import type { ComponentProps } from 'react';
import { useLanguage } from '../../translations/language.tsx';
import { ResultPage } from '../requests/outcome.tsx';
import type { Asked } from './asked.ts';
import { shownKg } from './kilograms.ts';

type Props = Omit<ComponentProps<typeof ResultPage>, 'title' | 'lead' | 'notice' | 'foot' | 'children'>;

/** A value that is missing is named as not measured. */
export function Result({ asked, ...given }: Props & { asked: Asked }) {
  const { t, counted, number } = useLanguage();
  const { side } = asked;
  const of = (measure: string) =>
    given.measured.result.values.find((one) => one.measure === measure && one.side === side)?.value;
  const [steps, above, largest] = [of('steps'), of('contacts_above_limit'), of('largest_load')];
  return (
    <ResultPage
      {...given}
      title={t('load.result')}
      lead={t(`load.leg.${side}`)}
      {...(given.isSent && { notice: t('load.sent') })}
      foot={t('load.private')}
    >
      <p>{steps === undefined ? t('load.counted.none') : counted('load.counted', steps)}</p>
      <p>{above === undefined ? t('load.stepsAbove.none') : counted('load.stepsAbove', above)}</p>
      <p>
        {largest === undefined
          ? t('load.largest.none')
          : t('load.largest', { kg: number(shownKg(largest / 100, asked)) })}
      </p>
    </ResultPage>
  );
}
