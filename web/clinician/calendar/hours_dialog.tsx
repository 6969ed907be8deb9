// SPDX-License-Identifier: Apache-2.0
import type { Schedule } from 'fhir/r4';
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form, useProblem } from '../../components/form.tsx';
import { SLOT_MINUTES, USUAL_HOURS, WEEKDAYS, withTimes, type DaysOff, type Times } from '../../fhir/schedule.ts';
import { clockText, isZone, minuteOf } from '../../fhir/wall_time.ts';
import { change, createNamed } from '../../data/write.ts';
import type { Failure } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { CalendarFailure } from '../../clinical/calendar/failure.tsx';
import { loadTimes, topUp, type Colleague } from './load.ts';
import { unlessKnown } from './new_dialog.tsx';
import type { TimeWords } from '../../clinical/calendar/words.ts';

interface Line {
  weekday: number;
  from: string;
  to: string;
}

/** Checks that the line is valid: its start is before its end. */
const isRight = ({ from, to }: Line) => (minuteOf(from) ?? Infinity) < (minuteOf(to) ?? -Infinity);

function Range({
  line,
  words,
  onChange,
  onRemove,
}: {
  line: Line;
  words: TimeWords;
  onChange: (line: Line) => void;
  onRemove: () => void;
}) {
  const { t } = useLanguage();
  const problem = useProblem(isRight(line) ? undefined : t('cal.hours.problem'));
  const day = words.weekday(line.weekday);
  return (
    <li className="cal-line">
      <NativeSelect
        label={t('cal.weekday')}
        value={String(line.weekday)}
        data={WEEKDAYS.map((_, i) => ({ value: String(i), label: words.weekday(i) }))}
        onChange={({ currentTarget }) => onChange({ ...line, weekday: Number(currentTarget.value) })}
      />
      <TextInput
        type="time"
        label={t('cal.from')}
        value={line.from}
        onChange={({ currentTarget }) => onChange({ ...line, from: currentTarget.value })}
        error={problem}
      />
      <TextInput
        type="time"
        label={t('cal.to')}
        value={line.to}
        onChange={({ currentTarget }) => onChange({ ...line, to: currentTarget.value })}
      />
      <Button variant="default" size="xs" aria-label={t('cal.hours.remove', { day })} onClick={onRemove}>
        {t('cal.remove')}
      </Button>
    </li>
  );
}

function Off({ off, onChange, onRemove }: { off: DaysOff; onChange: (off: DaysOff) => void; onRemove: () => void }) {
  const { t } = useLanguage();
  const problem = useProblem(off.from !== '' && off.from <= off.to ? undefined : t('cal.off.problem'));
  return (
    <li className="cal-line">
      <TextInput
        type="date"
        label={t('cal.off.from')}
        value={off.from}
        onChange={({ currentTarget }) =>
          onChange({ from: currentTarget.value, to: off.to < currentTarget.value ? currentTarget.value : off.to })
        }
        error={problem}
      />
      <TextInput
        type="date"
        label={t('cal.off.to')}
        value={off.to}
        onChange={({ currentTarget }) => onChange({ ...off, to: currentTarget.value })}
      />
      <Button variant="default" size="xs" aria-label={t('cal.off.remove', { day: off.from })} onClick={onRemove}>
        {t('cal.remove')}
      </Button>
    </li>
  );
}

/** Weekly hours, days off, and how patients may book in them. */
export function HoursDialog({
  whose,
  schedule,
  times,
  today,
  words,
  onClose,
  onSaved,
}: {
  whose: Colleague;
  schedule: Schedule | undefined;
  times: Times;
  today: string;
  words: TimeWords;
  onClose: () => void;
  onSaved: () => Promise<void>;
}) {
  const { t } = useLanguage();
  const [lines, setLines] = useState<readonly Line[]>(
    (schedule ? times.hours : USUAL_HOURS).map(({ weekday, from, to }) => ({
      weekday,
      from: clockText(from),
      to: clockText(to),
    })),
  );
  const [off, setOff] = useState<readonly DaysOff[]>(times.off);
  const [zone, setZone] = useState(times.zone);
  const [minutes, setMinutes] = useState(String(times.slotMinutes));
  const [hours, setHours] = useState(String(times.changeHours));
  const [failure, setFailure] = useState<Failure>();
  const replaced = <T,>(all: readonly T[], i: number, one: T) => all.map((each, j) => (j === i ? one : each));
  const save = async () => {
    const wanted: Times = {
      zone,
      off,
      slotMinutes: Number(minutes),
      changeHours: Number(hours),
      hours: lines
        .map(({ weekday, from, to }) => ({ weekday, from: minuteOf(from) ?? 0, to: minuteOf(to) ?? 0 }))
        .sort((a, b) => a.weekday - b.weekday || a.from - b.from),
    };
    const done = await unlessKnown(async () => {
      if (schedule) await change(withTimes(schedule, wanted) as Schedule);
      else {
        const resource = withTimes(
          { resourceType: 'Schedule', active: true, actor: [{ reference: `Practitioner/${whose.id}` }] },
          wanted,
        );
        await createNamed([{ resource, system: 'urn:reprise:schedule', name: whose.id }], whose.simulated);
      }
      const kept = await loadTimes(whose.id);
      if (kept.schedule) await topUp(kept.schedule, kept.times, whose.simulated);
    }, setFailure);
    if (done) await onSaved();
  };
  return (
    <Dialog title={t('cal.hours.title', { name: whose.name })} onClose={onClose}>
      <Form submit={t('cal.hours.save')} onSubmit={save}>
        <ul className="cal-lines">
          {lines.map((line, i) => (
            <Range
              key={i}
              line={line}
              words={words}
              onChange={(one) => setLines(replaced(lines, i, one))}
              onRemove={() => setLines(lines.filter((_, j) => j !== i))}
            />
          ))}
        </ul>
        <Button
          variant="default"
          size="xs"
          onClick={() => setLines([...lines, { weekday: lines.at(-1)?.weekday ?? 0, from: '09:00', to: '12:00' }])}
        >
          {t('cal.hours.add')}
        </Button>
        <ul className="cal-lines">
          {off.map((one, i) => (
            <Off
              key={i}
              off={one}
              onChange={(other) => setOff(replaced(off, i, other))}
              onRemove={() => setOff(off.filter((_, j) => j !== i))}
            />
          ))}
        </ul>
        <Button variant="default" size="xs" onClick={() => setOff([...off, { from: today, to: today }])}>
          {t('cal.off.add')}
        </Button>
        <NativeSelect
          label={t('cal.slot')}
          description={t('cal.slot.what')}
          value={minutes}
          data={SLOT_MINUTES.map((one) => ({ value: String(one), label: t('cal.minutes.of', { count: one }) }))}
          onChange={({ currentTarget }) => setMinutes(currentTarget.value)}
        />
        <Field
          label={t('cal.changeHours')}
          value={hours}
          onValue={setHours}
          inputMode="numeric"
          problem={/^\d{1,3}$/.test(hours) && Number(hours) <= 336 ? undefined : t('cal.changeHours.problem')}
        />
        <Field
          label={t('cal.zone')}
          description={t('cal.zone.what')}
          value={zone}
          onValue={setZone}
          problem={isZone(zone) ? undefined : t('cal.zone.problem')}
        />
        <CalendarFailure failure={failure} />
      </Form>
    </Dialog>
  );
}
