// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import type { EnduranceSign, Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { Hurts, MeasuredNumbers } from '../requests/outcome.tsx';
import type { Measured } from '../requests/results.ts';
import { SendActions } from '../requests/safe_steps.tsx';
import type { Asked } from './asked.ts';
import type { Marks } from './clocks.ts';
import { FileCard } from './file_card.tsx';
import type { ImportedRates } from './imported.ts';

/** As the engine judges it: docs/reference/measurement-document.md, `devices`. */
function coveredBy(measured: Measured | undefined): number {
  const { devices = [] } = JSON.parse(measured?.result.document ?? '{}') as {
    devices?: { kind: string; usable: number | null }[];
  };
  return devices.find(({ kind }) => kind === 'imported_file')?.usable ?? 0;
}

/** The numbers, without a judgment: that is the clinic's. */
export function Result({
  asked,
  measured,
  hurt,
  passed,
  programme,
  busy,
  remeasured,
  marks,
  onMeasured,
  onSend,
}: {
  asked: Asked;
  measured: Measured;
  hurt: boolean;
  passed: readonly EnduranceSign[];
  programme: Programme;
  busy: boolean;
  /** The session with the heart rates of a file; undefined: a strap gave its own. */
  remeasured: ((imported: ImportedRates) => Measured | undefined) | undefined;
  /** Of the session's clocks. */
  marks: Marks;
  onMeasured: (measured: Measured | undefined) => void;
  onSend: (share: boolean) => void;
}) {
  const { t, counted, number } = useLanguage();
  const [used, setUsed] = useState(false);
  const {
    result: { values },
    start,
    end,
    simulated,
  } = measured;
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
      {remeasured && !used && (
        <FileCard
          session={{ from: Date.parse(start), to: Date.parse(end) }}
          marks={marks}
          covered={(imported) => coveredBy(remeasured(imported))}
          onUse={(imported) => {
            onMeasured(remeasured(imported));
            setUsed(true);
          }}
        />
      )}
      {used && <Alert tone="good">{t('endurance.file.used')}</Alert>}
      <p className="note">{t('phone.result.what')}</p>
      <MeasuredNumbers values={values} />
      <SendActions busy={busy} onSend={onSend} />
      <p className="small">{t('endurance.private')}</p>
    </Page>
  );
}
