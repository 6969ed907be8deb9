import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '../../parts/act.ts';
import { EmergencyList } from '../../parts/emergency_list.tsx';
import { Field, Form, useProblem } from '../../parts/form.tsx';
import { Notice } from '../../parts/mark.tsx';
import { Page, Section } from '../../parts/section.tsx';
import { ask, type EmergencyAccess } from '../../source/api.ts';
import { useLanguage } from '../../source/language.tsx';

const FEWEST_BYTES = 10;
const MOST_BYTES = 1000;

function Reason({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const { t } = useLanguage();
  const bytes = new TextEncoder().encode(value.trim()).length;
  const error = useProblem(bytes < FEWEST_BYTES ? t('glass.reason.short') : bytes > MOST_BYTES ? t('glass.reason.long') : undefined);
  return (
    <Textarea label={t('glass.reason')} description={t('glass.reason.what')} value={value} onChange={(event) => onValue(event.currentTarget.value)}
      error={error} required withAsterisk={false} rows={4} />
  );
}

export function BreakGlassPage() {
  const { t, moment } = useLanguage();
  const asked = useAsked<{ accesses: EmergencyAccess[] }>('emergency');
  const [patient, setPatient] = useState('');
  const [reason, setReason] = useState('');
  const [given, setGiven] = useState<{ patient: string; endsAt: string }>();
  const breakGlass = async () => {
    setGiven(undefined);
    setGiven(await ask<{ patient: string; endsAt: string }>('POST', 'emergency', { patient: patient.trim(), reason: reason.trim() }));
    setPatient('');
    setReason('');
    await asked.reload();
  };
  return (
    <Page title={t('glass.title')} lead={t('glass.lead')}>
      <Section title={t('glass.open')}>
        <ul className="plain">
          {(['glass.hours', 'glass.recorded', 'glass.told'] as const).map((key) => <li key={key}>{t(key)}</li>)}
        </ul>
        <Form submit={t('glass.action')} onSubmit={breakGlass} danger>
          <Field label={t('person.patientId')} value={patient} onValue={setPatient} className="code" />
          <Reason value={reason} onValue={setReason} />
        </Form>
        <div role="status">{given && <Notice tone="good">{t('glass.done', { patient: given.patient, end: moment(given.endsAt) })}</Notice>}</div>
      </Section>
      <Section title={t('emergency.own')}><EmergencyList asked={asked} showPatient /></Section>
    </Page>
  );
}
