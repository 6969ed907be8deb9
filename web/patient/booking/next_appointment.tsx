// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Alert } from '../../components/alert.tsx';
import { kindOf, personIn, timeOf } from '../../fhir/appointments.ts';
import { zoneHere } from '../../fhir/wall_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { useTimeWords } from '../../clinical/calendar/words.ts';
import { loadBooking } from './load.ts';
import { queryKeys } from '../../data/query_keys.ts';

/** Shows the next appointment on Today, or that one may be chosen; empty if it cannot be loaded. */
export function NextAppointment() {
  const { t } = useLanguage();
  const { account } = useAccount();
  const { data } = useQuery({
    queryKey: queryKeys.booking(account.id),
    queryFn: () => loadBooking(account.id, account.person ?? ''),
  });
  const booking = data?.value;
  const [next] = booking?.coming ?? [];
  const zone =
    booking?.helpers.find(({ id }) => next && id === personIn(next, 'Practitioner'))?.times.zone ?? zoneHere();
  const words = useTimeWords(zone);
  if (!booking || (!next && booking.invited.length === 0)) return null;
  const kind = next && kindOf(next);
  return (
    <Alert tone="plain">
      {next && (
        <>
          {t('book.next', { when: words.moment(timeOf(next)?.start ?? 0) })}
          {kind && `, ${t(`cal.kind.${kind}`)}`}{' '}
        </>
      )}
      {booking.invited.length > 0 && t('book.invited')}
      <Button variant="default" size="sm" mt="sm" display="block" onClick={() => go('/book')}>
        {t(booking.invited.length > 0 ? 'book.choose' : 'book.see')}
      </Button>
    </Alert>
  );
}
