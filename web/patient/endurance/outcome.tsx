// SPDX-License-Identifier: Apache-2.0
import type { EnduranceSign, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { Hurts, MeasuredNumbers } from '../requests/outcome.tsx';
import type { Measured } from '../requests/results.ts';
import { SendActions } from '../requests/safe_steps.tsx';
import type { Asked } from './asked.ts';

/** The numbers, without a judgment: that is the clinic's. */
export function Result({
  asked,
  measured: {
    result: { values },
    simulated,
  },
  hurt,
  passed,
  programme,
  busy,
  onSend,
}: {
  asked: Asked;
  measured: Measured;
  hurt: boolean;
  passed: readonly EnduranceSign[];
  programme: Programme;
  busy: boolean;
  onSend: (share: boolean) => void;
}) {
  const { t, counted, number } = useLanguage();
  const of = (measure: string) => values.find((one) => one.measure === measure && one.part === null)?.value;
  const [time, rate] = [of('exercise_time'), of('heart_rate')];
  return (
    <Page title={t('endurance.result')} lead={t(`endurance.activity.${asked.activity}`)} narrow>
      {hurt && <Hurts programme={programme} />}
      {passed.length > 0 && <Alert tone="careful">{t('endurance.result.limit')}</Alert>}
      {simulated && <Alert tone="plain">{t('endurance.simulated')}</Alert>}
      <div className="card phone-result">
        {time !== undefined && <p>{counted('endurance.result.time', time)}</p>}
        {rate !== undefined && <p>{t('endurance.result.rate', { rate: number(rate) })}</p>}
      </div>
      <p className="note">{t('phone.result.what')}</p>
      <MeasuredNumbers values={values} />
      <SendActions busy={busy} onSend={onSend} />
      <p className="small">{t('endurance.private')}</p>
    </Page>
  );
}
