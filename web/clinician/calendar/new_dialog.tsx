// SPDX-License-Identifier: Apache-2.0
import type { Appointment } from 'fhir/r4';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import { PatientField } from '../../components/patient_field.tsx';
import { booked } from '../../fhir/appointments.ts';
import type { Who } from '../../fhir/people.ts';
import type { Times } from '../../fhir/schedule.ts';
import { clockText, instantOf, minuteOf } from '../../fhir/wall_time.ts';
import { create } from '../../data/write.ts';
import { Failure } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { CalendarFailure } from '../../clinical/calendar/failure.tsx';
import { PlanFields, type KindAndLength } from '../../clinical/calendar/plan_fields.tsx';

/** Does it; what the calendar has words for is said by them, and `false` comes back. */
export async function unlessKnown(
  work: () => Promise<unknown>,
  tell: (failure: Failure | undefined) => void,
): Promise<boolean> {
  tell(undefined);
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Failure) || ![409, 412, 422].includes(error.status)) throw error;
    tell(error);
    return false;
  }
}

interface Props {
  practitioner: string;
  times: Times;
  day: string;
  minute: number;
  patient?: Who;
  onClose: () => void;
  onMade: (uuid: string, patient: Who, day: string) => Promise<void>;
}

/** A new appointment. */
export function NewDialog({ practitioner, times, day: firstDay, minute, patient: first, onClose, onMade }: Props) {
  const { t } = useLanguage();
  const [patient, setPatient] = useState(first);
  const [plan, setPlan] = useState<KindAndLength>({ kind: 'in-person', minutes: times.slotMinutes });
  const [day, setDay] = useState(firstDay);
  const [clock, setClock] = useState(clockText(minute));
  const [comment, setComment] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const at = minuteOf(clock);
  const save = async () => {
    if (!patient || at === undefined) return;
    const uuid = crypto.randomUUID();
    const made: Appointment = booked(
      { patient: patient.id, practitioner, ...plan, comment },
      instantOf({ day, minute: at }, times.zone),
      times.zone,
    );
    if (await unlessKnown(() => create(made, patient.simulated, uuid), setFailure)) await onMade(uuid, patient, day);
  };
  return (
    <Dialog title={t('cal.new')} onClose={onClose}>
      <Form submit={t('cal.new.save')} onSubmit={save}>
        <PatientField chosen={patient} onChoose={setPatient} />
        <div className="cal-when">
          <Field
            type="date"
            label={t('cal.day')}
            value={day}
            onValue={setDay}
            problem={Number.isNaN(Date.parse(day)) ? t('cal.day.problem') : undefined}
          />
          <Field
            type="time"
            label={t('cal.time')}
            value={clock}
            onValue={setClock}
            problem={at === undefined ? t('cal.time.problem') : undefined}
          />
        </div>
        <PlanFields value={plan} onChange={setPlan} />
        <Field
          label={t('cal.comment')}
          description={t('cal.comment.what')}
          value={comment}
          onValue={setComment}
          optional
          maxLength={500}
          autoCapitalize="sentences"
        />
        <CalendarFailure failure={failure} />
      </Form>
    </Dialog>
  );
}
