// SPDX-License-Identifier: Apache-2.0
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CarerRows } from '../../components/carer_rows.tsx';
import { Section } from '../../components/section.tsx';
import { loadCarers } from '../../data/carers.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useLanguage } from '../../translations/language.tsx';

/** Shows the patient's carers, and ends their leave; absent where there are none. */
export function Carers({ patient, name }: { patient: string; name: string }) {
  const { t } = useLanguage();
  const client = useQueryClient();
  const queryKey = queryKeys.carers(patient);
  // In an emergency access the server shows none.
  const { data = [] } = useQuery({ queryKey, queryFn: () => loadCarers(patient), retry: false });
  if (data.length === 0) return null;
  return (
    <Section title={t('carers.chart')}>
      <p className="note">{t('carers.chart.lead')}</p>
      <CarerRows
        carers={data}
        endWords={(carer) => t('carers.chart.endWhat', { carer, patient: name })}
        onEnded={() => client.invalidateQueries({ queryKey })}
      />
    </Section>
  );
}
