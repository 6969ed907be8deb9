// SPDX-License-Identifier: Apache-2.0
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { EmergencyList } from '../components/emergency_list.tsx';
import { Form, useProblem } from '../components/form.tsx';
import { Link } from '../components/link.tsx';
import { Alert } from '../components/alert.tsx';
import { Page, Section } from '../components/section.tsx';
import { WhoIs } from '../components/who.tsx';
import { searchAll } from '../data/fhir_search.ts';
import { NAMED } from '../data/patients.ts';
import { whoAre, type PatientNamed, type Who } from '../fhir/people.ts';
import { ask, type EmergencyAccess } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { FindStranger } from './find_stranger.tsx';
import { apiQuery } from '../data/api_query.ts';
import { queryKeys } from '../data/query_keys.ts';

const FEWEST_BYTES = 10;
const FEWEST_WORDS = 2;
const MOST_BYTES = 1000;

function Reason({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const { t } = useLanguage();
  const bytes = new TextEncoder().encode(value.trim()).length;
  const words = value.split(/\s+/).filter((word) => word.length >= 2).length;
  const error = useProblem(
    bytes < FEWEST_BYTES || words < FEWEST_WORDS
      ? t('emergencyAccess.reason.short')
      : bytes > MOST_BYTES
        ? t('emergencyAccess.reason.long')
        : undefined,
  );
  return (
    <Textarea
      label={t('emergencyAccess.reason')}
      description={t('emergencyAccess.reason.what')}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      error={error}
      required
      withAsterisk={false}
      rows={4}
    />
  );
}

/** Who they are whose records are open now, as far as the reader may know it. */
function useOpened(accesses: readonly EmergencyAccess[] = []): ReadonlyMap<string, Who> {
  const ids = [
    ...new Set(accesses.filter(({ endsAt }) => new Date(endsAt).getTime() > Date.now()).map(({ patient }) => patient)),
  ].join(',');
  const { data = [] } = useQuery({
    queryKey: queryKeys.patientsById(ids),
    queryFn: async () =>
      ids === '' ? [] : whoAre(await searchAll<PatientNamed>('Patient', `?_id=${ids}&_elements=${NAMED}`)),
  });
  return new Map(data.map((who) => [who.id, who]));
}

export function EmergencyAccessPage() {
  const { t, moment } = useLanguage();
  const query = useQuery(apiQuery<{ accesses: EmergencyAccess[] }>('emergency'));
  const [patient, setPatient] = useState<Who>();
  const opened = useOpened(query.data?.accesses);
  const [reason, setReason] = useState('');
  const [given, setGiven] = useState<{ patient: Who; endsAt: string }>();
  const breakGlass = async () => {
    setGiven(undefined);
    if (!patient) return;
    const { endsAt } = await ask<{ endsAt: string }>('POST', 'emergency', {
      patient: patient.id,
      reason: reason.trim(),
    });
    setGiven({ patient, endsAt });
    setPatient(undefined);
    setReason('');
    await query.refetch();
  };
  return (
    <Page title={t('emergencyAccess.title')} lead={t('emergencyAccess.lead')}>
      <Section title={t('emergencyAccess.open')}>
        <ul className="plain">
          {(
            [
              'emergencyAccess.hours',
              'emergencyAccess.brake',
              'emergencyAccess.recorded',
              'emergencyAccess.told',
            ] as const
          ).map((key) => (
            <li key={key}>{t(key)}</li>
          ))}
        </ul>
        {patient ? (
          <Form
            submit={t('emergencyAccess.action')}
            onSubmit={breakGlass}
            danger
            beside={
              <Button size="md" variant="default" onClick={() => setPatient(undefined)}>
                {t('who.other')}
              </Button>
            }
          >
            <p>
              {t('who.patient')}: <WhoIs who={patient} />
            </p>
            <Reason value={reason} onValue={setReason} />
          </Form>
        ) : (
          <FindStranger onChoose={setPatient} />
        )}
        <div role="status">
          {given && (
            <Alert tone="good">
              {t('emergencyAccess.done', { patient: given.patient.name, end: moment(given.endsAt) })}{' '}
              <Link href={`/patient?id=${given.patient.id}`}>{t('chart.open')}</Link>
            </Alert>
          )}
        </div>
      </Section>
      <Section title={t('emergency.own')}>
        <EmergencyList query={query} showPatient people={opened} />
      </Section>
    </Page>
  );
}
