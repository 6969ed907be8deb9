import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useState, type ReactNode } from 'react';
import { useLoaded } from '../hooks/act.ts';
import { Asked } from '../components/section.tsx';
import { WhoIs } from '../components/who.tsx';
import { useLanguage } from '../translations/language.tsx';
import { searchPatients, type Person } from '../clinical/persons.ts';

/**
 * Patients by name and birth date, while somebody types; `row`: what is shown behind each. Nobody before two letters,
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
  // `turn`: something has changed, and they are asked for again.
  const asked = useLoaded(
    useCallback(async () => ({ turn, people: wanted ? await searchPatients(sought) : [] }), [sought, wanted, turn]),
  );
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
      {(wanted || asked.failure) && (
        <Asked asked={asked}>
          {({ people }) => (
            <>
              <p className="hidden" role="status">
                {counted('adm.patients.found', people.length)}
              </p>
              {people.length === 0 && <p className="none">{t('adm.patients.nobody')}</p>}
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
        </Asked>
      )}
    </>
  );
}
