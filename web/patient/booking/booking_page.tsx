// SPDX-License-Identifier: Apache-2.0
import type { Appointment } from 'fhir/r4';
import './booking.css';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Confirm } from '../../components/dialog.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, Section } from '../../components/section.tsx';
import { at, booked, inSlots, kindOf, personIn, timeOf } from '../../fhir/appointments.ts';
import { isSimulated } from '../../fhir/people.ts';
import type { Opening } from '../../fhir/schedule.ts';
import { zoneHere } from '../../fhir/wall_time.ts';
import { change, create } from '../../data/write.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import { useTimeWords } from '../../clinical/calendar/words.ts';
import { PlanFields, type KindAndLength } from '../../clinical/calendar/plan_fields.tsx';
import { Link } from '../../components/link.tsx';
import { addressOfVisit } from '../../clinical/visit/address.ts';
import type { Place } from './address.ts';
import { loadBooking, type Booking, type Helper } from './load.ts';
import { FreeTimes } from './times.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { HOUR_MS } from '../../fhir/durations.ts';

const helperOf = ({ helpers }: Booking, one: Appointment) =>
  helpers.find(({ id }) => id === personIn(one, 'Practitioner'));

/** One that is booked: moved or cancelled while there is time. */
function Booked({
  one,
  helper,
  onChanged,
}: {
  one: Appointment;
  helper: Helper | undefined;
  onChanged: (said: string) => Promise<void>;
}) {
  const { t } = useLanguage();
  const words = useTimeWords(helper?.times.zone ?? zoneHere());
  const [moving, setMoving] = useState(false);
  const [cancelling, setCancelling] = useState(false);
  const time = timeOf(one) ?? { start: 0, end: 0 };
  const kind = kindOf(one);
  const hours = helper?.times.changeHours ?? 0;
  const open = helper !== undefined && one.status === 'booked' && time.start - Date.now() > hours * HOUR_MS;
  const minutes = (time.end - time.start) / 60_000;
  return (
    <li className="row book-row">
      <div>
        <strong>{words.moment(time.start)}</strong> {kind && t(`cal.kind.${kind}`)},{' '}
        {t('cal.minutes.of', { count: minutes })} {isSimulated(one) && <Badge tone="plain">{t('cal.simulated')}</Badge>}
        <p className="small">{t('book.with', { name: helper?.name ?? t('book.someone') })}</p>
        {!open && one.status === 'booked' && <p className="small">{t('book.tooLate', { hours })}</p>}
      </div>
      <div className="actions">
        {kind === 'video' && (
          <Button component={Link} href={addressOfVisit(one.id ?? '')}>
            {t('book.join')}
          </Button>
        )}
        {open && (
          <Button variant="default" aria-expanded={moving} onClick={() => setMoving(!moving)}>
            {t('book.move')}
          </Button>
        )}
        {open && (
          <Button variant="default" onClick={() => setCancelling(true)}>
            {t('book.cancel')}
          </Button>
        )}
      </div>
      {moving && helper && (
        <div className="book-free">
          <FreeTimes
            helper={helper}
            minutes={minutes}
            onBook={async ({ start, slots }) => {
              await change(inSlots(at(one, start, minutes, helper.times.zone), slots));
              await onChanged(t('book.done', { when: words.moment(start) }));
              setMoving(false);
            }}
          />
        </div>
      )}
      {cancelling && (
        <Confirm
          title={t('book.cancel')}
          text={t('book.cancel.what')}
          action={t('book.cancel')}
          onClose={() => setCancelling(false)}
          onConfirm={async () => {
            await change({ ...one, status: 'cancelled' } as Appointment);
            await onChanged(t('book.cancelled'));
          }}
        />
      )}
    </li>
  );
}

function Invited({
  one,
  helper,
  onChanged,
}: {
  one: Appointment;
  helper: Helper;
  onChanged: (said: string) => Promise<void>;
}) {
  const { t } = useLanguage();
  const words = useTimeWords(helper.times.zone);
  const minutes = one.minutesDuration ?? helper.times.slotMinutes;
  const kind = kindOf(one);
  const book = async ({ start, slots }: Opening) => {
    const { participant = [] } = one;
    await change({
      ...inSlots(at(one, start, minutes, helper.times.zone), slots),
      status: 'booked',
      participant: participant.map((each) => ({ ...each, status: 'accepted' })),
    } as Appointment);
    await onChanged(t('book.done', { when: words.moment(start) }));
  };
  return (
    <Section
      title={t('book.choose.for', {
        kind: t(`cal.kind.${kind ?? 'in-person'}`),
        minutes: t('cal.minutes.of', { count: minutes }),
      })}
    >
      <p>{t('book.invited')}</p>
      <p className="small">{t('book.with', { name: helper.name ?? t('book.someone') })}</p>
      <FreeTimes helper={helper} minutes={minutes} onBook={book} />
    </Section>
  );
}

function Choose({
  helper,
  patient,
  simulated,
  first,
  onChanged,
}: {
  helper: Helper;
  patient: string;
  simulated: boolean;
  first: KindAndLength;
  onChanged: (said: string) => Promise<void>;
}) {
  const { t } = useLanguage();
  const [plan, setPlan] = useState(first);
  const words = useTimeWords(helper.times.zone);
  const book = async ({ start, slots }: Opening) => {
    await create(
      inSlots(booked({ patient, practitioner: helper.id, ...plan }, start, helper.times.zone), slots),
      simulated,
    );
    await onChanged(t('book.done', { when: words.moment(start) }));
  };
  return (
    <Section title={t('book.choose')}>
      <p>{t('book.with', { name: helper.name ?? t('book.someone') })}</p>
      <div className="book-plan">
        <PlanFields value={plan} onChange={setPlan} />
      </div>
      <FreeTimes key={plan.minutes} helper={helper} minutes={plan.minutes} onBook={book} />
    </Section>
  );
}

function BookingForm({
  booking,
  patient,
  link,
  reload,
}: {
  booking: Booking;
  patient: string;
  link: Place;
  reload: () => Promise<unknown>;
}) {
  const { t } = useLanguage();
  const [said, setSaid] = useState<string>();
  const done = async (words: string) => {
    setSaid(words);
    await reload();
  };
  const invited = booking.invited.flatMap((one) => {
    const helper = helperOf(booking, one);
    return helper ? [{ one, helper }] : [];
  });
  // A link to a clinician books; the link of an invitation shows the invitation.
  const asked = invited.some(({ helper }) => helper.id === link.with)
    ? undefined
    : booking.helpers.find(({ id }) => id === link.with);
  const bookable = booking.helpers.filter(({ schedules }) => schedules.length > 0);
  const [other, setOther] = useState<string>();
  const chosen = bookable.find(({ id }) => id === other) ?? asked;
  const offered = bookable.filter(({ id }) => !invited.some(({ helper }) => helper.id === id));
  const zone = booking.helpers[0]?.times.zone ?? zoneHere();
  return (
    <>
      <div role="status">{said && <Alert tone="good">{said}</Alert>}</div>
      {zone !== zoneHere() && <Alert tone="careful">{t('book.zone', { zone })}</Alert>}
      <Section title={t('book.yours')}>
        {booking.coming.length === 0 && <p className="none">{t('book.none')}</p>}
        <ul className="rows">
          {booking.coming.map((one) => (
            <Booked key={one.id} one={one} helper={helperOf(booking, one)} onChanged={done} />
          ))}
        </ul>
      </Section>
      {invited.map(({ one, helper }) => (
        <Invited key={one.id} one={one} helper={helper} onChanged={done} />
      ))}
      {chosen && (
        <Choose
          key={chosen.id}
          helper={chosen}
          patient={patient}
          simulated={booking.simulated}
          first={{ kind: link.kind ?? 'in-person', minutes: link.minutes ?? chosen.times.slotMinutes }}
          onChanged={done}
        />
      )}
      {!chosen && offered.length > 0 && (
        <div className="actions" role="group" aria-label={t('book.with.choose')}>
          {offered.map(({ id, name }) => (
            <Button key={id} variant="default" onClick={() => setOther(id)}>
              {t('book.choose')}: {t('book.with', { name: name ?? t('book.someone') })}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** Shows a patient's appointments, and books them. */
export function BookingPage({ link }: { link: Place }) {
  const { t, moment } = useLanguage();
  const { account } = useAccount();
  const person = account.person ?? '';
  const query = useQuery({ queryKey: queryKeys.booking(account.id), queryFn: () => loadBooking(account.id, person) });
  return (
    <Page title={t('book.title')} lead={t('book.lead')}>
      {query.data?.failure && (
        <Alert tone="careful" role="status">
          {t('messages.kept', { when: moment(query.data.at) })}
        </Alert>
      )}
      <QueryBoundary query={query}>
        {({ value }) => <BookingForm booking={value} patient={person} link={link} reload={query.refetch} />}
      </QueryBoundary>
    </Page>
  );
}
