// SPDX-License-Identifier: Apache-2.0
import type { Practitioner, RelatedPerson } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { searchAll } from '../../data/fhir_search.ts';
import { nameOf } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { useAccount } from '../../data/session.ts';
import { loadAll, lookedOf, MOST_COUNTED, NO_FILTER, type Looked } from '../../clinical/audit/events.ts';
import { useLookedWords } from '../../clinical/audit/looked_words.ts';

interface Named extends Looked {
  name: string | undefined;
}

async function loadLooked(patient: string): Promise<{ people: Named[]; whole: boolean }> {
  const { entries, whole } = await loadAll({ ...NO_FILTER, patient }, MOST_COUNTED);
  const looked = lookedOf(entries).filter(({ who }) => who !== `Patient/${patient}`);
  const staff = looked.some(({ entry }) => entry.practitioner)
    ? await searchAll<Practitioner>('Practitioner', '?_count=1000&_elements=name')
    : [];
  const carers = looked.some(({ entry }) => entry.carer)
    ? await searchAll<RelatedPerson>('RelatedPerson', `?patient=Patient/${patient}&_elements=name`)
    : [];
  const people = looked.map((one) => {
    if (one.entry.carer) {
      const carer = carers.find(({ id }) => id === one.entry.carer);
      return { ...one, name: carer && nameOf(carer) };
    }
    const person = staff.find(({ id }) => id === one.entry.practitioner);
    return { ...one, name: one.entry.practitioner && ((person && nameOf(person)) ?? one.entry.practitioner) };
  });
  return { people, whole };
}

/** Lists who read or changed the patient's own record, by the audit log; loads it when the patient wants to know. */
export function WhoLooked() {
  const { t, number } = useLanguage();
  const said = useLookedWords();
  const {
    account: { person = '' },
  } = useAccount();
  const {
    data: looked,
    error,
    isFetching,
    refetch,
  } = useQuery({ queryKey: queryKeys.lookedAt(person), queryFn: () => loadLooked(person), enabled: false });
  const words = ({ name, entry }: Named) => {
    if (entry.carer) return name ?? t('carers.unnamed');
    return name ?? t(entry.server ? 'adm.log.server' : entry.account ? 'looked.office' : 'adm.log.noOne');
  };
  return (
    <Section title={t('looked.title')}>
      <p className="note">{t('looked.lead')}</p>
      <FailureAlert failure={error} />
      {looked?.people.length === 0 && <p className="none">{t('looked.none')}</p>}
      <ul className="rows">
        {looked?.people.map((one) => (
          <li key={one.who} className="row">
            <span>
              <strong>{words(one)}</strong> {one.emergency && <Badge tone="bad">{t('adm.log.emergencyAccess')}</Badge>}
            </span>
            <span className="small">{said(one)}</span>
          </li>
        ))}
      </ul>
      {looked?.whole === false && <p className="small">{t('looked.newest', { count: number(MOST_COUNTED) })}</p>}
      {!looked && (
        <Button
          variant="default"
          mt="sm"
          loading={isFetching}
          onClick={() => {
            void refetch();
          }}
        >
          {t('looked.show')}
        </Button>
      )}
    </Section>
  );
}
