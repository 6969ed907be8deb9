// SPDX-License-Identifier: Apache-2.0
import type { Appointment } from 'fhir/r4';
import './calendar.css';
import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { personIn, timeOf } from '../../fhir/appointments.ts';
import { firstOpen } from '../../fhir/schedule.ts';
import { dayAfter, instantOf, mondayOf, wallOf, zoneHere } from '../../fhir/wall_time.ts';
import { change } from '../../data/write.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { UndoNotice, useUndo } from '../../clinical/chart/undo.tsx';
import { goTo, VIEWS, type Place, type View } from './address.ts';
import { CalendarFailure } from '../../clinical/calendar/failure.tsx';
import { Grid, isShown } from './grid.tsx';
import { HoursDialog } from './hours_dialog.tsx';
import { InviteDialog } from './invite_dialog.tsx';
import { loadColleagues, loadDays, topUp, type Colleague, type Week } from './load.ts';
import { NewDialog } from './new_dialog.tsx';
import { moved, VisitDialog } from './visit_dialog.tsx';
import { useTimeWords } from '../../clinical/calendar/words.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { polled, reload } from '../../data/query_client.ts';

const AGAIN_MS = 30_000;
const MOVE_MS = 15 * 60_000;
type Open =
  | { what: 'new'; day: string; minute: number }
  | { what: 'visit'; id: string }
  | { what: 'hours' }
  | { what: 'invite' };

/** Returns the days on screen around one. */
const daysShown = (view: View, day: string): string[] =>
  view === 'day' ? [day] : Array.from({ length: 7 }, (_, i) => dayAfter(mondayOf(day), i));

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;

interface Keys {
  step: (by: number) => void;
  today: () => void;
  view: (view: 'day' | 'week') => void;
  make: () => void;
  move: (id: string, by: { days: number; ms: number }) => void;
}

/**
 * Handles keys outside dialogs: left and right change the days, up and down go between appointments; with Shift they
 * move the appointment. The page names the letters.
 */
function useKeys(keys: Keys) {
  const newest = useRef(keys);
  useEffect(() => {
    newest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('[role="dialog"]')
      )
        return;
      const visits = [...document.querySelectorAll<HTMLElement>('[data-visit]')];
      const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.visit : undefined;
      const { step, today, view, make, move } = newest.current;
      const across = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const down = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (event.shiftKey) {
        if (!focused || (across === undefined && down === undefined)) return;
        move(focused, { days: across ?? 0, ms: (down ?? 0) * MOVE_MS });
      } else if (across !== undefined) step(across);
      else if (down !== undefined && visits.length > 0) {
        const at = visits.findIndex((one) => one.dataset.visit === focused);
        visits[at === -1 ? 0 : Math.max(0, Math.min(visits.length - 1, at + down))]?.focus();
      } else if (event.key === 't') today();
      else if (event.key === 'd') view('day');
      else if (event.key === 'w') view('week');
      else if (event.key === 'n') make();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function Calendar({
  place,
  colleagues,
  whose,
  week,
  now,
  fresh,
}: {
  place: Place;
  colleagues: readonly Colleague[];
  whose: Colleague;
  week: Week;
  /** When the week was loaded. */
  now: number;
  fresh: boolean;
}) {
  const { t } = useLanguage();
  const { account } = useAccount();
  const [open, setOpen] = useState<Open>();
  const [sent, setSent] = useState<string>();
  const key = queryKeys.calendar(whose.id);
  const { undo, ...offered } = useUndo(key);
  const { zone } = week.times;
  const words = useTimeWords(zone);
  const today = wallOf(now, zone).day;
  const day = place.day ?? today;
  const days = daysShown(place.view, day);
  const own = whose.id === account.person;
  const schedule = week.schedule;
  // Slots go on being made as weeks go by; what fails is made the next time.
  const version = schedule && `${schedule.id} ${schedule.meta?.versionId}`;
  const makeSlots = useEffectEvent(() => {
    if (schedule) void topUp(schedule, week.times, whose.simulated).catch(() => {});
  });
  useEffect(() => {
    if (own && version) makeSlots();
  }, [own, version]);
  const changed = async (before: Appointment, said: string) => {
    setOpen(undefined);
    undo.offer(said, () => undo.restore(before));
    await reload(key);
  };
  const moving = useMutation({
    mutationFn: ({ one, start, minutes }: { one: Appointment; start: number; minutes: number }) =>
      change(moved(one, start, minutes, zone)),
    onSuccess: async (_, { one, start }) => {
      await changed(one, t('cal.moved.to', { when: words.moment(start) }));
      document.querySelector<HTMLElement>(`[data-visit="${one.id ?? ''}"]`)?.focus();
    },
  });
  const move = (one: Appointment, start: number) => {
    const time = timeOf(one);
    if (time && time.start !== start) moving.mutate({ one, start, minutes: (time.end - time.start) / 60_000 });
  };
  // By the working hours: of the day that is shown, or of the first after it.
  const nextOpen = () => ({ what: 'new' as const, ...firstOpen(week.times, day, wallOf(now, zone)) });
  useKeys({
    step: (by) => goTo({ ...place, day: dayAfter(day, place.view === 'day' ? by : by * 7) }),
    today: () => goTo({ ...place, day: undefined }),
    view: (view) => goTo({ ...place, view, day }),
    make: () => setOpen(nextOpen()),
    move: (id, by) => {
      const one = week.appointments.find((each) => each.id === id);
      const time = one && timeOf(one);
      if (!time || moving.isPending) return;
      // A day is the same time of the next day, also where clocks change in between.
      const wall = wallOf(time.start, zone);
      move(one, by.days !== 0 ? instantOf({ ...wall, day: dayAfter(wall.day, by.days) }, zone) : time.start + by.ms);
    },
  });
  const visit = open?.what === 'visit' ? week.appointments.find(({ id }) => id === open.id) : undefined;
  const none =
    fresh && !week.appointments.some((one) => isShown(one) && days.includes(wallOf(timeOf(one)?.start ?? 0, zone).day));
  return (
    <>
      <section className="card" aria-label={t('cal.title')}>
        <div className="tools cal-tools">
          <strong className="cal-title" role="status">
            {place.view === 'day' ? words.day(day) : words.week(days[0] ?? day)}
          </strong>
          <div className="actions">
            <Button
              variant="default"
              size="sm"
              aria-label={t(place.view === 'day' ? 'cal.before.day' : 'cal.before.week')}
              onClick={() => goTo({ ...place, day: dayAfter(day, place.view === 'day' ? -1 : -7) })}
            >
              ‹
            </Button>
            <Button variant="default" size="sm" onClick={() => goTo({ ...place, day: undefined })}>
              {t('cal.today')}
            </Button>
            <Button
              variant="default"
              size="sm"
              aria-label={t(place.view === 'day' ? 'cal.after.day' : 'cal.after.week')}
              onClick={() => goTo({ ...place, day: dayAfter(day, place.view === 'day' ? 1 : 7) })}
            >
              ›
            </Button>
            <div className="filters cal-views" role="group" aria-label={t('cal.view')}>
              {VIEWS.map((view) => (
                <Button
                  key={view}
                  size="compact-sm"
                  variant="default"
                  aria-pressed={place.view === view}
                  onClick={() => goTo({ ...place, view, day })}
                >
                  {t(`cal.view.${view}`)}
                </Button>
              ))}
            </div>
            <Button size="sm" onClick={() => setOpen(nextOpen())}>
              {t('cal.new')}
            </Button>
          </div>
        </div>
        <div className="tools cal-tools">
          <NativeSelect
            label={t('cal.of')}
            value={whose.id}
            data={colleagues.map(({ id, name }) => ({
              value: id,
              label: id === account.person ? t('cal.own', { name }) : name,
            }))}
            onChange={({ currentTarget }) => goTo({ ...place, of: currentTarget.value })}
          />
          <div className="actions">
            {own && (
              <Button variant="default" size="sm" onClick={() => setOpen({ what: 'invite' })}>
                {t('cal.invite')}
              </Button>
            )}
            {own && (
              <Button variant="default" size="sm" onClick={() => setOpen({ what: 'hours' })}>
                {t('cal.hours')}
              </Button>
            )}
          </div>
        </div>
        {own && !schedule && <Alert tone="careful">{t('cal.hours.none')}</Alert>}
        {zone !== zoneHere() && <Alert tone="careful">{t('cal.zone.other', { zone })}</Alert>}
        <CalendarFailure failure={moving.error} />
        <UndoNotice {...offered} />
        <div role="status">{sent && <Alert tone="good">{t('cal.invite.sent', { name: sent })}</Alert>}</div>
        {none && <p className="none">{t('cal.none')}</p>}
        <Grid
          days={days}
          week={week}
          now={now}
          words={words}
          onNew={(on, minute) => setOpen({ what: 'new', day: on, minute })}
          onOpen={(one) => setOpen({ what: 'visit', id: one.id ?? '' })}
          onMove={move}
        />
      </section>
      <p className="note">{t('cal.keys')}</p>
      {open?.what === 'new' && (
        <NewDialog
          practitioner={whose.id}
          times={week.times}
          day={open.day}
          minute={open.minute}
          onClose={() => setOpen(undefined)}
          onMade={async (uuid, { name }, on) => {
            setOpen(undefined);
            if (!days.includes(on)) goTo({ ...place, day: on });
            undo.offer(t('cal.made', { name }), () =>
              undo.takeBack('Appointment', uuid, { status: 'entered-in-error' }),
            );
            await reload(key);
          }}
        />
      )}
      {visit && (
        <VisitDialog
          key={visit.meta?.versionId}
          appointment={visit}
          who={week.patients.get(personIn(visit, 'Patient') ?? '')}
          times={week.times}
          words={words}
          onClose={() => setOpen(undefined)}
          onChanged={changed}
        />
      )}
      {open?.what === 'invite' && (
        <InviteDialog
          practitioner={whose.id}
          minutes={week.times.slotMinutes}
          onClose={() => setOpen(undefined)}
          onSent={({ name }) => {
            setOpen(undefined);
            setSent(name);
          }}
        />
      )}
      {open?.what === 'hours' && (
        <HoursDialog
          whose={whose}
          schedule={schedule}
          times={week.times}
          today={today}
          words={words}
          onClose={() => setOpen(undefined)}
          onSaved={async () => {
            setOpen(undefined);
            await reload(key);
          }}
        />
      )}
    </>
  );
}

function CalendarFor({ place, colleagues }: { place: Place; colleagues: readonly Colleague[] }) {
  const { t } = useLanguage();
  const whose = colleagues.find(({ id }) => id === place.of) ?? colleagues[0];
  const id = whose?.id ?? '';
  // Before the Schedule is known the days are those of this device's clock; a day more on each side covers the others.
  const [first, last] = useMemo(() => {
    const days = daysShown(place.view, place.day ?? wallOf(Date.now(), zoneHere()).day);
    return [dayAfter(days[0] ?? '', -1), days.length + 2];
  }, [place.view, place.day]);
  const query = useQuery({
    queryKey: queryKeys.calendar(id, first, last),
    queryFn: async () => ({ id, at: Date.now(), week: await loadDays(id, first, last) }),
    placeholderData: keepPreviousData,
    ...polled(AGAIN_MS),
  });
  if (!whose) return <Alert tone="careful">{t('cal.noClinician')}</Alert>;
  // Days of another clinician are not shown as this one's.
  const week = query.data?.id === id ? query.data.week : undefined;
  return (
    <QueryBoundary query={{ data: week, error: query.error, refetch: query.refetch }} keepsData>
      {(known) => (
        <Calendar
          key={id}
          place={place}
          colleagues={colleagues}
          whose={whose}
          week={known}
          now={query.data?.at ?? 0}
          fresh={!query.isPlaceholderData}
        />
      )}
    </QueryBoundary>
  );
}

/** Shows the own appointments, and those of colleagues in the care teams. */
export function CalendarPage({ place }: { place: Place }) {
  const { t } = useLanguage();
  const { account } = useAccount();
  const colleagues = useQuery({
    queryKey: queryKeys.colleagues(account.person ?? ''),
    queryFn: () => loadColleagues(account.person ?? ''),
  });
  return (
    <Page title={t('cal.title')} lead={t('cal.lead')}>
      <QueryBoundary query={colleagues}>{(all) => <CalendarFor place={place} colleagues={all} />}</QueryBoundary>
    </Page>
  );
}
