// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Alert } from '../components/alert.tsx';
import { Section } from '../components/section.tsx';
import { useLanguage } from '../translations/language.tsx';
import { addressOf } from './address.ts';
import { EraseDialog, type Erased } from './erase_dialog.tsx';
import { MoveDialog } from './move_dialog.tsx';
import { loadClinics, type Person } from '../clinical/persons.ts';
import { PickPatient } from './pick_patient.tsx';
import { Link } from '../components/link.tsx';
import { queryKeys } from '../data/query_keys.ts';

type Doing = { what: 'move' | 'erase'; person: Person };

/** Shows the clinic and the clinicians of each patient; moves and erases patients. */
export function Patients() {
  const { t } = useLanguage();
  const { data: clinics } = useQuery({ queryKey: queryKeys.clinics(), queryFn: loadClinics });
  const [doing, setDoing] = useState<Doing>();
  const [done, setDone] = useState<string>();
  const [turn, setTurn] = useState(0);
  const finish = (said: string) => {
    setDone(said);
    setDoing(undefined);
    setTurn(turn + 1);
  };
  const begin = (what: Doing['what'], person: Person) => {
    setDone(undefined);
    setDoing({ what, person });
  };
  const clinicOf = ({ clinic }: Person) =>
    clinic === undefined ? t('adm.noClinic') : (clinics?.find(({ id }) => id === clinic)?.name ?? clinic);
  return (
    <Section title={t('adm.tab.patients')}>
      <p className="note">{t('adm.patients.lead')}</p>
      <div role="status">{done && <Alert tone="good">{done}</Alert>}</div>
      <PickPatient
        label={t('adm.patients.search')}
        all
        turn={turn}
        row={(person) => (
          <>
            <span className="small">{clinicOf(person)}</span>
            <Link href={addressOf('log', person.id)}>{t('adm.patients.log')}</Link>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => begin('move', person)}
              aria-label={t('adm.of', { what: t('adm.move'), name: person.name })}
            >
              {t('adm.move')}…
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              onClick={() => begin('erase', person)}
              aria-label={t('adm.of', { what: t('adm.erase'), name: person.name })}
            >
              {t('adm.erase')}…
            </Button>
          </>
        )}
      />
      {doing?.what === 'move' && (
        <MoveDialog
          person={doing.person}
          clinics={clinics ?? []}
          onClose={() => setDoing(undefined)}
          onMoved={() => finish(t('adm.move.done', { name: doing.person.name }))}
        />
      )}
      {doing?.what === 'erase' && (
        <EraseDialog
          person={doing.person}
          onClose={() => setDoing(undefined)}
          onErased={({ resources }: Erased) => finish(t('adm.erase.done', { count: resources }))}
        />
      )}
    </Section>
  );
}
