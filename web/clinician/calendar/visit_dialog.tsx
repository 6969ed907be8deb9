// SPDX-License-Identifier: Apache-2.0
import type { Appointment } from 'fhir/r4';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import { Link } from '../../components/link.tsx';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { addressOfVisit } from '../../clinical/visit/address.ts';
import { Badge } from '../../components/badge.tsx';
import { useWhoWords } from '../../components/who.tsx';
import { at, kindOf, personIn, timeOf } from '../../fhir/appointments.ts';
import { isSimulated, type Who } from '../../fhir/people.ts';
import type { Times } from '../../fhir/schedule.ts';
import { clockText, instantOf, minuteOf, wallOf } from '../../fhir/wall_time.ts';
import { change } from '../../data/write.ts';
import type { Failure } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { CalendarFailure } from '../../clinical/calendar/failure.tsx';
import { statusWord } from './grid.tsx';
import { unlessKnown } from './new_dialog.tsx';
import { PlanFields } from '../../clinical/calendar/plan_fields.tsx';
import type { TimeWords } from '../../clinical/calendar/words.ts';

type Changed = (before: Appointment, said: string) => Promise<void>;
interface Props {
  appointment: Appointment;
  who: Who | undefined;
  times: Times;
  words: TimeWords;
  onClose: () => void;
  onChanged: Changed;
}

/** Moves an appointment; the slots that a patient chose belong to its former time. */
export function moved(
  { slot: _, ...appointment }: Appointment,
  start: number,
  minutes: number,
  zone: string,
): Appointment {
  return at(appointment, start, minutes, zone);
}

function Move({
  appointment,
  times,
  onChanged,
  onBack,
}: {
  appointment: Appointment;
  times: Times;
  onChanged: Changed;
  onBack: () => void;
}) {
  const { t } = useLanguage();
  const time = timeOf(appointment) ?? { start: 0, end: 0 };
  const wall = wallOf(time.start, times.zone);
  const [day, setDay] = useState(wall.day);
  const [clock, setClock] = useState(clockText(wall.minute));
  const [plan, setPlan] = useState({
    kind: kindOf(appointment) ?? ('in-person' as const),
    minutes: (time.end - time.start) / 60_000,
  });
  const [failure, setFailure] = useState<Failure>();
  const minute = minuteOf(clock);
  const save = async () => {
    if (minute === undefined) return;
    const to = moved(appointment, instantOf({ day, minute }, times.zone), plan.minutes, times.zone);
    const kind = { appointmentType: { coding: [{ system: 'urn:reprise:visit', code: plan.kind }] } };
    if (await unlessKnown(() => change({ ...to, ...kind }), setFailure)) await onChanged(appointment, t('cal.moved'));
  };
  return (
    <Form
      submit={t('cal.move.save')}
      onSubmit={save}
      beside={
        <Button variant="default" onClick={onBack}>
          {t('cal.back')}
        </Button>
      }
    >
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
          problem={minute === undefined ? t('cal.time.problem') : undefined}
        />
      </div>
      <PlanFields value={plan} onChange={setPlan} />
      <CalendarFailure failure={failure} />
    </Form>
  );
}

function Cancel({
  appointment,
  onChanged,
  onBack,
}: {
  appointment: Appointment;
  onChanged: Changed;
  onBack: () => void;
}) {
  const { t } = useLanguage();
  const [why, setWhy] = useState('');
  const [failure, setFailure] = useState<Failure>();
  const save = async () => {
    const done = await unlessKnown(
      () => change({ ...appointment, status: 'cancelled', cancelationReason: { text: why.trim() } } as Appointment),
      setFailure,
    );
    if (done) await onChanged(appointment, t('cal.cancelled'));
  };
  return (
    <Form
      submit={t('cal.cancel.save')}
      danger
      onSubmit={save}
      beside={
        <Button variant="default" onClick={onBack}>
          {t('cal.back')}
        </Button>
      }
    >
      <Field
        label={t('cal.cancel.why')}
        description={t('cal.comment.what')}
        value={why}
        onValue={setWhy}
        maxLength={500}
        autoCapitalize="sentences"
      />
      <CalendarFailure failure={failure} />
    </Form>
  );
}

const STATUSES = ['arrived', 'fulfilled', 'noshow', 'booked'] as const;

/** Shows an appointment, and changes its status or time. */
export function VisitDialog({ appointment, who, times, words, onClose, onChanged }: Props) {
  const { t } = useLanguage();
  const [mode, setMode] = useState<'look' | 'move' | 'cancel'>('look');
  const { behind } = useWhoWords();
  const patient = personIn(appointment, 'Patient');
  const time = timeOf(appointment);
  const kind = kindOf(appointment);
  const word = statusWord(appointment);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (status: (typeof STATUSES)[number]) => change({ ...appointment, status }),
    onSuccess: (_, status) => onChanged(appointment, t(`cal.done.${status}`)),
  });
  return (
    <Dialog title={who?.name ?? t('cal.noOne')} onClose={onClose}>
      {who && <p className="small">{behind(who)}</p>}
      {mode === 'move' && (
        <Move appointment={appointment} times={times} onChanged={onChanged} onBack={() => setMode('look')} />
      )}
      {mode === 'cancel' && <Cancel appointment={appointment} onChanged={onChanged} onBack={() => setMode('look')} />}
      {mode === 'look' && (
        <>
          <p>
            {time && (
              <>
                <strong>
                  {words.day(wallOf(time.start, times.zone).day)}, {words.range(time)}
                </strong>{' '}
              </>
            )}
            {kind && t(`cal.kind.${kind}`)}{' '}
            <Badge tone={word === 'noshow' ? 'careful' : 'plain'}>{t(`cal.status.${word}`)}</Badge>{' '}
            {isSimulated(appointment) && <Badge tone="plain">{t('cal.simulated')}</Badge>}
          </p>
          {appointment.comment && <p className="quote">{appointment.comment}</p>}
          <div className="actions cal-actions">
            {kind === 'video' && word !== 'noshow' && (
              <Button component={Link} href={addressOfVisit(appointment.id ?? '')}>
                {t('cal.join')}
              </Button>
            )}
            {patient && (
              <Button component={Link} variant="default" href={addressOfChart(patient)}>
                {t('cal.chart')}
              </Button>
            )}
          </div>
          <div className="actions cal-actions">
            {STATUSES.filter((status) => status !== word).map((status) => (
              <Button key={status} variant="default" disabled={isPending} onClick={() => mutate(status)}>
                {t(`cal.set.${status}`)}
              </Button>
            ))}
            <Button variant="default" onClick={() => setMode('move')}>
              {t('cal.move')}
            </Button>
            <Button variant="default" onClick={() => setMode('cancel')}>
              {t('cal.cancel')}
            </Button>
          </div>
          <CalendarFailure failure={error} />
        </>
      )}
    </Dialog>
  );
}
