// SPDX-License-Identifier: Apache-2.0
import type { CareTeam } from 'fhir/r4';
import { useQuery } from '@tanstack/react-query';
import { searchAll } from '../../data/fhir_search.ts';
import { useLanguage } from '../../translations/language.tsx';
import { caringFor } from '../../clinical/care_team.ts';
import { loadPractitioners } from '../../clinical/persons.ts';
import { queryKeys } from '../../data/query_keys.ts';

/** Of a clinician how many patients, of a patient which clinicians, by the care teams that are active. */
export function Teams({ role, person }: { role: 'patient' | 'clinician'; person: string }) {
  const { t, counted } = useLanguage();
  const { data, error } = useQuery({
    queryKey: queryKeys.teams(person),
    queryFn: async () => {
      if (role === 'clinician') {
        const teams = await searchAll<CareTeam>(
          'CareTeam',
          `?participant=Practitioner/${person}&status=active&_count=1000&_elements=status,subject`,
        );
        return { patients: new Set(teams.map(({ subject }) => subject?.reference)).size, names: [] };
      }
      const [teams, staff] = await Promise.all([
        searchAll<CareTeam>('CareTeam', `?subject=Patient/${person}&status=active`),
        loadPractitioners(),
      ]);
      return { patients: 0, names: caringFor(teams).map((id) => staff.find((one) => one.id === id)?.name ?? id) };
    },
  });
  if (!data || error) return null;
  const none = role === 'clinician' ? data.patients === 0 : data.names.length === 0;
  return (
    <>
      <dt>{t('people.teams')}</dt>
      <dd>
        {none
          ? t('people.teams.none')
          : role === 'clinician'
            ? counted('people.teams.patients', data.patients)
            : data.names.join(', ')}
      </dd>
    </>
  );
}
