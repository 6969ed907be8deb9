// SPDX-License-Identifier: Apache-2.0
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Form } from '../../components/form.tsx';
import { PatientField } from '../../components/patient_field.tsx';
import { invitation } from '../../fhir/appointments.ts';
import { localTime } from '../../fhir/local_time.ts';
import { answerOf } from '../../data/messages.ts';
import type { Who } from '../../fhir/people.ts';
import { createAll } from '../../data/write.ts';
import { useLanguage } from '../../translations/language.tsx';
import { PlanFields, type KindAndLength } from '../../clinical/calendar/plan_fields.tsx';

/** Asks a patient to choose a time: a proposed appointment, and a message that says so. */
export function InviteDialog({
  practitioner,
  minutes,
  onClose,
  onSent,
}: {
  practitioner: string;
  minutes: number;
  onClose: () => void;
  onSent: (patient: Who) => void;
}) {
  const { t } = useLanguage();
  const [patient, setPatient] = useState<Who>();
  const [plan, setPlan] = useState<KindAndLength>({ kind: 'in-person', minutes });
  const send = async () => {
    if (!patient) return;
    const address = `${window.location.origin}/book?with=${practitioner}`;
    const text = t('cal.invite.words', {
      kind: t(`cal.kind.${plan.kind}`),
      minutes: t('cal.minutes.of', { count: plan.minutes }),
      address,
    });
    await createAll(
      [
        invitation({ patient: patient.id, practitioner, ...plan }),
        answerOf({
          id: crypto.randomUUID(),
          text,
          patient: patient.id,
          practitioner,
          simulated: patient.simulated,
          sent: localTime(new Date()),
          notice: true,
        }),
      ],
      patient.simulated,
    );
    onSent(patient);
  };
  return (
    <Dialog title={t('cal.invite')} onClose={onClose}>
      <Form submit={t('cal.invite.save')} onSubmit={send}>
        <p className="small">{t('cal.invite.what')}</p>
        <PatientField chosen={patient} onChoose={setPatient} />
        <PlanFields value={plan} onChange={setPlan} />
      </Form>
    </Dialog>
  );
}
