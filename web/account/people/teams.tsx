import type { CareTeam } from 'fhir/r4';
import { useCallback } from 'react';
import { useLoaded } from '../../hooks/act.ts';
import { found } from '../../data/found.ts';
import { useLanguage } from '../../translations/language.tsx';
import { caringFor } from '../../clinical/care_team.ts';
import { loadPractitioners } from '../../clinical/persons.ts';

/** Of a clinician how many patients, of a patient which clinicians, by the care teams that are active. */
export function Teams({ role, person }: { role: 'patient' | 'clinician'; person: string }) {
  const { t, counted } = useLanguage();
  const load = useCallback(async () => {
    if (role === 'clinician') {
      const teams = await found<CareTeam>(
        'CareTeam',
        `?participant=Practitioner/${person}&status=active&_count=1000&_elements=status,subject`,
      );
      return { patients: new Set(teams.map(({ subject }) => subject?.reference)).size, names: [] };
    }
    const [teams, staff] = await Promise.all([
      found<CareTeam>('CareTeam', `?subject=Patient/${person}&status=active`),
      loadPractitioners(),
    ]);
    return { patients: 0, names: caringFor(teams).map((id) => staff.find((one) => one.id === id)?.name ?? id) };
  }, [role, person]);
  const { value, failure } = useLoaded(load);
  if (!value || failure) return null;
  const none = role === 'clinician' ? value.patients === 0 : value.names.length === 0;
  return (
    <>
      <dt>{t('people.teams')}</dt>
      <dd>
        {none
          ? t('people.teams.none')
          : role === 'clinician'
            ? counted('people.teams.patients', value.patients)
            : value.names.join(', ')}
      </dd>
    </>
  );
}
