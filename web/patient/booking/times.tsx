// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useRetryWait } from '../../hooks/use_retry_wait.ts';
import { openingsIn, type Opening } from '../../fhir/schedule.ts';
import { wallOf } from '../../fhir/wall_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { CalendarFailure } from '../../clinical/calendar/failure.tsx';
import { useTimeWords } from '../../clinical/calendar/words.ts';
import { loadSlots, type Helper } from './load.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

const DAYS = 7;

function byDay(openings: readonly Opening[], zone: string): [string, Opening[]][] {
  const days = new Map<string, Opening[]>();
  for (const one of openings) {
    const { day } = wallOf(one.start, zone);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  return [...days];
}

/** Shows the free times of a clinician; one is chosen, then confirmed. */
export function FreeTimes({
  helper,
  minutes,
  onBook,
}: {
  helper: Helper;
  minutes: number;
  onBook: (opening: Opening) => Promise<void>;
}) {
  const { t } = useLanguage();
  const schedules = helper.schedules.join(',');
  const query = useQuery({
    queryKey: queryKeys.slots(schedules),
    queryFn: () => loadSlots(schedules === '' ? [] : schedules.split(',')),
  });
  const [shown, setShown] = useState(DAYS);
  const [chosen, setChosen] = useState<Opening>();
  const { mutate, isPending, error } = useMutation({
    mutationFn: onBook,
    // Another patient may have booked that time: the failure shows when the free times are loaded again.
    onError: async () => {
      setChosen(undefined);
      await query.refetch();
    },
  });
  const isWaiting = useRetryWait(error) > 0;
  const words = useTimeWords(helper.times.zone);
  return (
    <QueryBoundary query={query}>
      {(slots) => {
        const days = byDay(openingsIn(slots, minutes, Date.now()), helper.times.zone);
        return (
          <>
            {days.length === 0 && <p className="none">{t('book.free.none')}</p>}
            {days.slice(0, shown).map(([day, openings]) => (
              <section key={day} aria-label={words.day(day)}>
                <h3>{words.day(day)}</h3>
                <div className="actions book-times">
                  {openings.map((one) => (
                    <Button
                      key={one.start}
                      variant="default"
                      aria-pressed={chosen?.start === one.start}
                      onClick={() => setChosen(one)}
                    >
                      {words.clock(one.start)}
                    </Button>
                  ))}
                </div>
              </section>
            ))}
            {days.length > shown && (
              <Button variant="default" mt="md" onClick={() => setShown(shown + DAYS)}>
                {t('book.free.more')}
              </Button>
            )}
            <CalendarFailure failure={error} />
            <div role="status">
              {chosen && (
                <div className="notice" data-tone="plain">
                  <p>{t('book.confirm', { when: words.moment(chosen.start) })}</p>
                  <Button mt="sm" loading={isPending} disabled={isWaiting} onClick={() => mutate(chosen)}>
                    {t('book.confirm.action')}
                  </Button>
                </div>
              )}
            </div>
          </>
        );
      }}
    </QueryBoundary>
  );
}
