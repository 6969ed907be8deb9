// SPDX-License-Identifier: Apache-2.0
import type { Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { Hurts, MeasuredNumbers } from '../requests/outcome.tsx';
import type { Measured } from '../requests/results.ts';
import { SendActions } from '../requests/safe_steps.tsx';
import type { Asked } from './asked.ts';

/** The numbers, without a judgment: that is the clinic's. */
export function Result({
  asked: { side, limit },
  measured: {
    result: { values },
    simulated,
  },
  hurt,
  programme,
  busy,
  onSend,
}: {
  asked: Asked;
  measured: Measured;
  hurt: boolean;
  programme: Programme;
  busy: boolean;
  onSend: (share: boolean) => void;
}) {
  const { t, counted, number } = useLanguage();
  const of = (measure: string) => values.find((one) => one.measure === measure && one.side === side)?.value ?? 0;
  return (
    <Page title={t('load.result')} lead={t(`load.leg.${side}`)} narrow>
      {hurt && <Hurts programme={programme} />}
      {simulated && <Alert tone="plain">{t('endurance.simulated')}</Alert>}
      <div className="card phone-result">
        <p>{counted('load.counted', of('steps'))}</p>
        <p>{counted('load.stepsAbove', of('contacts_above_limit'))}</p>
        <p>{t('load.largest', { kg: number(Math.round((of('largest_load') / 100) * limit.bodyMass_kg)) })}</p>
      </div>
      <p className="note">{t('phone.result.what')}</p>
      <MeasuredNumbers values={values} />
      <SendActions busy={busy} onSend={onSend} />
      <p className="small">{t('load.private')}</p>
    </Page>
  );
}
