// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Field, Form } from '../components/form.tsx';
import { WhoIs } from '../components/who.tsx';
import { dayOf } from '../fhir/results.ts';
import { whoAre, type PatientNamed, type Who } from '../fhir/people.ts';
import { ask } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';

/** Finds a patient of another clinician by the whole family name and the birth date, which the patient can tell. */
export function FindStranger({ onChoose }: { onChoose: (who: Who) => void }) {
  const { t } = useLanguage();
  const [family, setFamily] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [found, setFound] = useState<readonly Who[]>();
  const today = dayOf(new Date());
  const find = async () => {
    setFound(undefined);
    const { patients } = await ask<{ patients: PatientNamed[] }>('POST', 'emergency/search', {
      family: family.trim(),
      birthDate,
    });
    setFound(whoAre(patients));
  };
  return (
    <>
      <Form submit={t('emergencyAccess.find')} onSubmit={find}>
        <Field
          label={t('newPatient.family')}
          description={t('emergencyAccess.find.what')}
          value={family}
          onValue={setFamily}
          maxLength={80}
          autoCapitalize="words"
        />
        <Field
          label={t('newPatient.birth')}
          type="date"
          value={birthDate}
          onValue={setBirthDate}
          max={today}
          problem={birthDate > today ? t('newPatient.birth.problem') : undefined}
        />
      </Form>
      <div role="status">
        {found?.length === 0 && <p className="none">{t('emergencyAccess.find.noOne')}</p>}
        {found && found.length > 0 && (
          <ul className="rows">
            {found.map((who) => (
              <li key={who.id} className="row">
                <WhoIs who={who} />
                <span className="end">
                  <Button
                    variant="default"
                    size="compact-sm"
                    onClick={() => onChoose(who)}
                    aria-label={t('adm.of', { what: t('emergencyAccess.choose'), name: who.name })}
                  >
                    {t('emergencyAccess.choose')}
                  </Button>
                </span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </>
  );
}
