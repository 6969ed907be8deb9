// SPDX-License-Identifier: Apache-2.0
import type { ComponentProps } from 'react';
import type { EnduranceSign } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { ResultPage } from '../requests/outcome.tsx';
import type { Asked } from './asked.ts';

type Given = Pick<ComponentProps<typeof ResultPage>, 'measured' | 'hurt' | 'programme' | 'busy' | 'onSend'>;

export function Result({ asked, passed, ...given }: Given & { asked: Asked; passed: readonly EnduranceSign[] }) {
  const { t, counted, number } = useLanguage();
  const { values } = given.measured.result;
  const of = (measure: string) => values.find((one) => one.measure === measure && one.part === null)?.value;
  const [time, rate] = [of('exercise_time'), of('heart_rate')];
  return (
    <ResultPage
      {...given}
      title={t('endurance.result')}
      lead={t(`endurance.activity.${asked.activity}`)}
      notice={passed.length > 0 ? t('endurance.result.limit') : undefined}
      foot={t('endurance.private')}
    >
      {time !== undefined && <p>{counted('endurance.result.time', time)}</p>}
      {rate !== undefined && <p>{t('endurance.result.rate', { rate: number(rate) })}</p>}
    </ResultPage>
  );
}
