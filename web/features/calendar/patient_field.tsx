import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useLoaded } from '../../parts/act.ts';
import { useProblem } from '../../parts/form.tsx';
import { Asked } from '../../parts/section.tsx';
import { useLanguage } from '../../source/language.tsx';
import { loadPatients, type Known } from './load.ts';

const MOST = 6;
const plain = (text: string) => text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');

/** One of the own patients, sought by name as one types. */
export function PatientField({ chosen, onChoose }: { chosen: Known | undefined; onChoose: (patient: Known | undefined) => void }) {
  const { t } = useLanguage();
  const asked = useLoaded(loadPatients);
  const [typed, setTyped] = useState('');
  const problem = useProblem(chosen ? undefined : t('cal.patient.missing'));
  if (chosen) {
    return <p>{t('cal.patient')}: <strong>{chosen.name}</strong>{chosen.simulated && ` (${t('cal.simulated')})`} <Button size="compact-sm" variant="default" onClick={() => onChoose(undefined)}>{t('cal.patient.other')}</Button></p>;
  }
  return (
    <Asked asked={asked}>
      {(all) => {
        const found = all.filter(({ name }) => plain(typed).split(/\s+/).every((part) => plain(name).includes(part)));
        return (
          <div>
            <TextInput type="search" label={t('cal.patient')} value={typed} error={problem} autoComplete="off" spellCheck={false} data-autofocus
              onChange={({ currentTarget }) => setTyped(currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' || typed.trim() === '') return;
                event.preventDefault();
                if (found[0]) onChoose(found[0]);
              }} />
            <p className="hidden" role="status">{typed && t('cal.patient.found', { count: found.length })}</p>
            {found.length === 0 && <p className="none">{t('cal.patient.nobody')}</p>}
            <ul className="cal-found">
              {found.slice(0, MOST).map((one) => <li key={one.id}><Button size="compact-sm" variant="default" onClick={() => onChoose(one)}>{one.name}</Button></li>)}
            </ul>
          </div>
        );
      }}
    </Asked>
  );
}
