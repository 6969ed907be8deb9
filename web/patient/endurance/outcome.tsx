// SPDX-License-Identifier: Apache-2.0
import { useState, type ComponentProps } from 'react';
import type { EnduranceSign } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { ResultPage } from '../requests/outcome.tsx';
import type { Measured } from '../requests/results.ts';
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

type Given = Pick<
  ComponentProps<typeof ResultPage>,
  'measured' | 'hurt' | 'programme' | 'busy' | 'onSend' | 'onDiscard'
>;

export function Result({
  asked,
  passed,
  remeasured,
  marks,
  onMeasured,
  ...given
}: Given & {
  asked: Asked;
  passed: readonly EnduranceSign[];
  /** The session with the heart rates of a file; undefined: a strap gave its own. */
  remeasured: ((imported: ImportedRates) => Measured | undefined) | undefined;
  /** Of the session's clocks. */
  marks: Marks;
  onMeasured: (measured: Measured | undefined) => void;
}) {
  const { t, counted, number } = useLanguage();
  const [used, setUsed] = useState(false);
  const {
    result: { values },
    start,
    end,
  } = given.measured;
  const of = (measure: string) => values.find((one) => one.measure === measure && one.part === null)?.value;
  const [time, rate] = [of('exercise_time'), of('heart_rate')];
  const file = remeasured && !used && (
    <FileCard
      session={{ from: Date.parse(start), to: Date.parse(end) }}
      marks={marks}
      covered={(imported) => coveredBy(remeasured(imported))}
      onUse={(imported) => {
        onMeasured(remeasured(imported));
        setUsed(true);
      }}
    />
  );
  return (
    <ResultPage
      {...given}
      title={t('endurance.result')}
      lead={t(`endurance.activity.${asked.activity}`)}
      notice={passed.length > 0 ? t('endurance.result.limit') : undefined}
      foot={t('endurance.private')}
      more={used ? <Alert tone="good">{t('endurance.file.used')}</Alert> : file}
    >
      {time !== undefined && <p>{counted('endurance.result.time', time)}</p>}
      {rate !== undefined && <p>{t('endurance.result.rate', { rate: number(rate) })}</p>}
    </ResultPage>
  );
}
