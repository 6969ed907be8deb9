// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { WhoIs } from '../components/who.tsx';
import { useLanguage } from '../translations/language.tsx';
import { searchPatients, type Person } from '../clinical/persons.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';

/**
 * Finds patients by name and birth date while the user types. `row`: the content behind each. Empty before two letters,
 * unless `all`.
 */
export function PickPatient({
  label,
  row,
  all = false,
  turn = 0,
}: {
  label: string;
  row: (person: Person) => ReactNode;
  all?: boolean;
  turn?: number;
}) {
  const { t, counted } = useLanguage();
  const [typed, setTyped] = useState('');
  const [sought] = useDebouncedValue(typed.trim(), 250);
  const wanted = all || sought.length > 1;
  // `turn`: a change of it reloads the patients.
  const query = useQuery({
    queryKey: queryKeys.personSearch(sought, turn),
    queryFn: () => searchPatients(sought),
    enabled: wanted,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <TextInput
        type="search"
        label={label}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        mb="sm"
      />
      {(wanted || query.error) && (
        <QueryBoundary query={query}>
          {(people) => (
            <>
              <p className="hidden" role="status">
                {counted('adm.patients.found', people.length)}
              </p>
              {people.length === 0 && <p className="none">{t('adm.patients.noOne')}</p>}
              <ul className="rows">
                {people.map((person) => (
                  <li key={person.id} className="row">
                    <WhoIs who={person} />
                    <span className="end">{row(person)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </QueryBoundary>
      )}
    </>
  );
}
