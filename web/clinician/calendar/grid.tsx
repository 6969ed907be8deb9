// SPDX-License-Identifier: Apache-2.0
import type { Appointment } from 'fhir/r4';
import { useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { useWhoWords } from '../../components/who.tsx';
import { kindOf, personIn, timeOf } from '../../fhir/appointments.ts';
import type { Who } from '../../fhir/people.ts';
import { isOff, type Times } from '../../fhir/schedule.ts';
import { instantOf, wallOf, weekdayOf } from '../../fhir/wall_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Week } from './load.ts';
import type { TimeWords } from '../../clinical/calendar/words.ts';

const STEP = 15;
const DRAG_PX = 6;
const HIDDEN = ['cancelled', 'entered-in-error', 'proposed', 'waitlist'];

export const isShown = (one: Appointment) => !HIDDEN.includes(one.status ?? '') && timeOf(one) !== undefined;

const STATUSES = ['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled'] as const;
/** Other programs' statuses are called by the nearest of these. */
export const statusWord = ({ status }: Appointment): (typeof STATUSES)[number] =>
  STATUSES.find((one) => one === status) ?? (status === 'checked-in' ? 'arrived' : 'booked');

interface Placed {
  top: number;
  minutes: number;
}
/** Where the clock shows it; on a day on which clocks change it has its true length from its beginning. */
function placedOn(day: string, time: { start: number; end: number }, zone: string): Placed | undefined {
  const wall = wallOf(time.start, zone);
  return wall.day === day ? { top: wall.minute, minutes: (time.end - time.start) / 60_000 } : undefined;
}

/** The whole hours that are shown: a usual day, and what lies outside it. */
export function hoursShown(times: readonly Placed[], { hours }: Pick<Times, 'hours'>): { from: number; to: number } {
  const begins = [...times.map(({ top }) => top), ...hours.map(({ from }) => from), 8 * 60];
  const ends = [...times.map(({ top, minutes }) => top + minutes), ...hours.map(({ to }) => to), 18 * 60];
  return { from: Math.floor(Math.min(...begins) / 60), to: Math.min(24, Math.ceil(Math.max(...ends) / 60)) };
}

interface VisitProps {
  one: Appointment;
  who: Who | undefined;
  place: { top: string; height: string };
  words: TimeWords;
  letGo: RefObject<boolean>;
  onOpen: (appointment: Appointment) => void;
  onDrop: (appointment: Appointment, x: number, top: number) => void;
}

/**
 * An appointment: opened by a click, moved by the mouse. A finger scrolls; it opens what it touches, and moves it from
 * there.
 */
function Visit({ one, who, place, words, letGo, onOpen, onDrop }: VisitProps) {
  const { t } = useLanguage();
  const { date, line } = useWhoWords();
  const [drag, setDrag] = useState<{ x: number; y: number; dx: number; dy: number }>();
  const kind = kindOf(one);
  const isFar = drag !== undefined && Math.hypot(drag.dx, drag.dy) >= DRAG_PX;
  const end = ({ clientX, currentTarget }: PointerEvent<HTMLButtonElement>) => {
    if (!drag) return;
    setDrag(undefined);
    if (!isFar) return;
    letGo.current = true;
    setTimeout(() => {
      letGo.current = false;
    });
    onDrop(one, clientX, currentTarget.getBoundingClientRect().top);
  };
  return (
    <button
      type="button"
      className="cal-visit"
      data-kind={kind}
      data-status={one.status}
      data-visit={one.id}
      data-moving={isFar || undefined}
      style={{ ...place, ...(isFar && { transform: `translate(${drag.dx}px, ${drag.dy}px)` }) }}
      onPointerDown={(event) => {
        if (event.pointerType === 'touch' || event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setDrag({ x: event.clientX, y: event.clientY, dx: 0, dy: 0 });
      }}
      onPointerMove={({ clientX, clientY }) => {
        if (drag) setDrag({ ...drag, dx: clientX - drag.x, dy: clientY - drag.y });
      }}
      onPointerUp={end}
      onPointerCancel={() => setDrag(undefined)}
      onClick={() => {
        if (!letGo.current) onOpen(one);
      }}
    >
      <span className="cal-time">{words.clock(timeOf(one)?.start ?? 0)}</span>{' '}
      {who ? (
        <span title={line(who)}>
          {who.name}{' '}
          <span className="small">
            {date(who)}
            {who.mark && ` · ${t('who.mark', { mark: who.mark })}`}
          </span>
        </span>
      ) : (
        t('cal.noOne')
      )}
      {kind && kind !== 'in-person' && <span className="small"> {t(`cal.kind.${kind}`)}</span>}
      {one.status !== 'booked' && <span className="small"> {t(`cal.status.${statusWord(one)}`)}</span>}
    </button>
  );
}

interface Props {
  days: readonly string[];
  week: Week;
  now: number;
  words: TimeWords;
  onNew: (day: string, minute: number) => void;
  onOpen: (appointment: Appointment) => void;
  onMove: (appointment: Appointment, start: number) => void;
}

export function Grid({ days, week, now, words, onNew, onOpen, onMove }: Props) {
  const { t } = useLanguage();
  const { zone } = week.times;
  // The click that a mouse makes after it let go of an appointment.
  const letGo = useRef(false);
  const shown = week.appointments.filter(isShown).sort((a, b) => (timeOf(a)?.start ?? 0) - (timeOf(b)?.start ?? 0));
  const placedAll = days.flatMap((day) =>
    shown.flatMap((one) => placedOn(day, timeOf(one) ?? { start: 0, end: 0 }, zone) ?? []),
  );
  const { from, to } = hoursShown(placedAll, week.times);
  const span = (to - from) * 60;
  const where = ({ top, minutes }: Placed) => ({
    top: `${((top - from * 60) / span) * 100}%`,
    height: `${(Math.min(minutes, to * 60 - top) / span) * 100}%`,
  });
  const today = wallOf(now, zone);

  /** The minute of a day under the pointer, in steps. */
  const minuteAt = (column: HTMLElement, y: number) => {
    const box = column.getBoundingClientRect();
    return Math.max(
      0,
      Math.min(24 * 60 - STEP, Math.round((from * 60 + ((y - box.top) / box.height) * span) / STEP) * STEP),
    );
  };
  const make = (day: string) => (event: MouseEvent<HTMLDivElement>) => {
    if (event.target === event.currentTarget && !letGo.current)
      onNew(day, Math.floor(minuteAt(event.currentTarget, event.clientY) / 30) * 30);
  };
  const drop = (one: Appointment, x: number, top: number) => {
    const column = [...document.querySelectorAll<HTMLElement>('.cal-column')].find((each) => {
      const box = each.getBoundingClientRect();
      return x >= box.left && x < box.right;
    });
    const day = column?.dataset.day;
    if (column && day) onMove(one, instantOf({ day, minute: minuteAt(column, top) }, zone));
  };
  return (
    <div
      className="cal-grid"
      data-days={days.length}
      {...(days.length > 1 && { role: 'group', tabIndex: 0, 'aria-label': t('cal.view.week') })}
    >
      <ol className="cal-hours" aria-hidden="true" style={{ height: `calc(${to - from} * var(--hour))` }}>
        {Array.from({ length: to - from }, (_, i) => (
          <li key={i}>{words.hour(from + i)}</li>
        ))}
      </ol>
      {days.map((day) => {
        const off = isOff(day, week.times);
        const hours = off ? [] : week.times.hours.filter(({ weekday }) => weekday === weekdayOf(day));
        return (
          <section key={day} className="cal-day" aria-label={words.day(day)}>
            <h2 data-today={day === today.day || undefined}>
              {words.short(day)}
              {off && <span className="small"> {t('cal.off')}</span>}
            </h2>
            <div
              className="cal-column"
              data-day={day}
              style={{ height: `calc(${to - from} * var(--hour))` }}
              onClick={make(day)}
            >
              {hours.map((one) => (
                <div key={one.from} className="cal-open" style={where({ top: one.from, minutes: one.to - one.from })} />
              ))}
              {week.slots.flatMap((slot) => {
                const time = timeOf(slot);
                const placed = time && placedOn(day, time, zone);
                const own =
                  time &&
                  shown.some((one) => {
                    const its = timeOf(one);
                    return its && its.start < time.end && time.start < its.end;
                  });
                return placed && !own
                  ? [
                      <div key={slot.id} className="cal-busy" style={where(placed)}>
                        <span className="small">{t('cal.busy')}</span>
                      </div>,
                    ]
                  : [];
              })}
              {shown.flatMap((one) => {
                const time = timeOf(one);
                const placed = time && placedOn(day, time, zone);
                return placed
                  ? [
                      <Visit
                        key={one.id}
                        one={one}
                        who={week.patients.get(personIn(one, 'Patient') ?? '')}
                        place={where(placed)}
                        words={words}
                        letGo={letGo}
                        onOpen={onOpen}
                        onDrop={drop}
                      />,
                    ]
                  : [];
              })}
              {day === today.day && today.minute >= from * 60 && today.minute < to * 60 && (
                <div
                  className="cal-now"
                  style={{ top: `${((today.minute - from * 60) / span) * 100}%` }}
                  aria-hidden="true"
                />
              )}
            </div>
          </section>
        );
      })}
    </div>
  );
}
