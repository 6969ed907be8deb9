// SPDX-License-Identifier: Apache-2.0
import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useQuery, keepPreviousData } from '@tanstack/react-query';
import { loadPatients, searchPatients } from '../data/patients.ts';
import { isMeant, whoAre, type Who } from '../fhir/people.ts';
import { useLanguage } from '../translations/language.tsx';
import { useProblem } from './form.tsx';
import { useWhoWords, WhoIs } from './who.tsx';
import { QueryBoundary } from './query_boundary.tsx';
import { queryKeys } from '../data/query_keys.ts';

const MOST = 6;
const TYPING_MS = 250;

interface Props {
  chosen: Who | undefined;
  onChoose: (patient: Who | undefined) => void;
}

function Search({
  typed,
  onTyped,
  found,
  onChoose,
}: {
  typed: string;
  onTyped: (typed: string) => void;
  found: readonly Who[];
  onChoose: (patient: Who) => void;
}) {
  const { t } = useLanguage();
  const { line } = useWhoWords();
  const problem = useProblem(t('who.missing'));
  return (
    <div>
      <TextInput
        type="search"
        label={t('who.patient')}
        description={t('who.search.what')}
        value={typed}
        error={problem}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={({ currentTarget }) => onTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || typed.trim() === '') return;
          event.preventDefault();
          // Of several who fit, the reader chooses.
          if (found.length === 1 && found[0]) onChoose(found[0]);
        }}
      />
      <p className="hidden" role="status">
        {typed && t('who.found', { count: found.length })}
      </p>
      {typed && found.length === 0 && <p className="none">{t('who.noOne')}</p>}
      <ul className="who-found">
        {found.slice(0, MOST).map((one) => (
          <li key={one.id}>
            <Button size="compact-sm" variant="default" onClick={() => onChoose(one)}>
              {line(one)}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chosen({ who, onOther }: { who: Who; onOther: () => void }) {
  const { t } = useLanguage();
  return (
    <p>
      {t('who.patient')}: <WhoIs who={who} />{' '}
      <Button size="compact-sm" variant="default" onClick={onOther}>
        {t('who.other')}
      </Button>
    </p>
  );
}

function Own({ onChoose }: { onChoose: (patient: Who) => void }) {
  const query = useQuery({ queryKey: queryKeys.patients(), queryFn: loadPatients });
  const { date } = useWhoWords();
  const [typed, setTyped] = useState('');
  return (
    <QueryBoundary query={query}>
      {(all) => (
        <Search
          typed={typed}
          onTyped={setTyped}
          found={all.filter((one) => isMeant(one, typed, date(one)))}
          onChoose={onChoose}
        />
      )}
    </QueryBoundary>
  );
}

function OfClinic({ onChoose }: { onChoose: (patient: Who) => void }) {
  const [typed, setTyped] = useState('');
  const [sought] = useDebouncedValue(typed.trim(), TYPING_MS);
  const { data = [] } = useQuery({
    queryKey: queryKeys.patientSearch(sought),
    queryFn: async () => (sought.length < 2 ? [] : whoAre(await searchPatients(sought))),
    placeholderData: keepPreviousData,
  });
  return <Search typed={typed} onTyped={setTyped} found={sought.length < 2 ? [] : data} onChoose={onChoose} />;
}

/**
 * One patient, sought by name or birth date as one types. `ofClinic`: among all of the clinic, by the server, not among
 * the own ones.
 */
export function PatientField({ chosen, onChoose, ofClinic = false }: Props & { ofClinic?: boolean }) {
  if (chosen) return <Chosen who={chosen} onOther={() => onChoose(undefined)} />;
  return ofClinic ? <OfClinic onChoose={onChoose} /> : <Own onChoose={onChoose} />;
}
