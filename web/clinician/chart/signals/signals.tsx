// SPDX-License-Identifier: Apache-2.0
// The signals behind the values, on demand: one recording, or two beside each other.
import { Loader, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { FailureAlert } from '../../../components/failure_alert.tsx';
import { failureOf } from '../../../data/api.ts';
import { queryKeys } from '../../../data/query_keys.ts';
import type { SensedKind } from '../../../fhir/sensed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { loadPlots, loadSignals, type KeptSignals } from './load_signals.ts';
import { SignalFigure } from './signal_figure.tsx';

function Recording({ address }: { address: string }) {
  const { t } = useLanguage();
  const { data, error } = useQuery({ queryKey: queryKeys.signals(address), queryFn: () => loadPlots(address) });
  if (error) return <FailureAlert failure={failureOf(error)} />;
  if (!data) return <Loader size="sm" role="status" aria-label={t('loading')} />;
  if (data.length === 0) return <p className="none">{t('sensed.signals.empty')}</p>;
  return data.map((plot) => <SignalFigure key={`${plot.name} ${plot.part ?? ''}`} plot={plot} />);
}

function Chosen({ all }: { all: readonly KeptSignals[] }) {
  const { t, moment } = useLanguage();
  const [first, setFirst] = useState(all[0]?.address ?? '');
  const [second, setSecond] = useState('');
  const choices = all.map(({ at, address }) => ({ value: address, label: moment(at) }));
  return (
    <div className="signals">
      <div>
        <NativeSelect
          label={t('sensed.signals.of')}
          value={first}
          data={choices}
          onChange={(event) => setFirst(event.currentTarget.value)}
        />
        <Recording key={first} address={first} />
      </div>
      {all.length > 1 && (
        <div>
          <NativeSelect
            label={t('sensed.signals.beside')}
            value={second}
            data={[{ value: '', label: t('sensed.signals.none') }, ...choices]}
            onChange={(event) => setSecond(event.currentTarget.value)}
          />
          {second && <Recording key={second} address={second} />}
        </div>
      )}
    </div>
  );
}

/** Loads nothing until it is opened. */
export function Signals({ patient, kind }: { patient: string; kind: SensedKind }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const { data, error } = useQuery({
    queryKey: queryKeys.keptSignals(patient),
    queryFn: () => loadSignals(patient),
    enabled: open,
  });
  const all = data?.filter((one) => one.kind === kind) ?? [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('sensed.signals')}</summary>
      {error && <FailureAlert failure={failureOf(error)} />}
      {open && !data && !error && <Loader size="sm" role="status" aria-label={t('loading')} />}
      {data && all.length === 0 && <p className="none">{t('sensed.signals.nothing')}</p>}
      {open && all.length > 0 && <Chosen all={all} />}
    </details>
  );
}
