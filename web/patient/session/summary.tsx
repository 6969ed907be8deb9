// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { RemindersOffer } from '../reminders/offer.tsx';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { Celebration } from './after/celebration.tsx';
import { ClinicWord } from './after/clinic_word.tsx';
import { celebrates } from './after/day_end.ts';
import { DoneCards } from './after/done_cards.tsx';
import { NextTime } from './after/next_time.tsx';
import { doneIn, painsOf, type Session } from './flow.ts';
import type { Prescribed } from '../../exercises/prescribed.ts';

interface Props {
  session: Session;
  prescribed: ReadonlyMap<string, Prescribed>;
  programme: Programme;
}

/** Returns texts of the day's achievements, the most certain first. */
function useGood(session: Session): string[] {
  const { t, counted } = useLanguage();
  const all = doneIn(session);
  // Of an exercise that was stopped because of pain, nothing is praised.
  const sets = all.flatMap((one) => (one.hurtAt === undefined ? one.sets : []));
  const repetitions = sets.reduce((sum, { count }) => sum + count, 0);
  const done = session.exercises.filter(({ state }) => state === 'done').length;
  const better = session.exercises.some(({ sets: own, hurtAt }) => {
    if (hurtAt !== undefined) return false;
    const judged = own.flatMap(({ quality }) => (quality === null ? [] : [quality]));
    return judged.length > 1 && (judged.at(-1) ?? 0) > (judged[0] ?? 0) + 2;
  });
  const { painBefore } = session;
  const said = all.some(({ pains = [] }) => pains.length > 0);
  const hurt = all.some(({ hurtAt }) => hurtAt !== undefined);
  return [
    ...(repetitions > 0 ? [counted('good.repetitions', repetitions)] : []),
    ...(done > 0 ? [done === session.exercises.length ? t('good.all') : counted('good.exercises', done)] : []),
    ...(better ? [t('good.better')] : []),
    ...(painBefore !== undefined && said && !hurt && Math.max(...painsOf(session)) <= painBefore
      ? [t('good.pain')]
      : []),
  ];
}

export function Summary({ session, prescribed, programme }: Props) {
  const { t, language } = useLanguage();
  const good = useGood(session);
  const nameOf = (request: string) => {
    const about = prescribed.get(request);
    return about ? exerciseWords(about.file, language).name : '';
  };
  const hurt = doneIn(session).flatMap(({ request, hurtAt }) =>
    hurtAt === undefined ? [] : [{ request, pain: hurtAt }],
  );
  const done = doneIn(session).filter(({ sets }) => sets.length > 0);
  const [celebrated] = useState(() => celebrates(session));
  return (
    <Page title={t(hurt.length > 0 ? 'summary.titleHurt' : good.length > 0 ? 'summary.title' : 'summary.titleNone')}>
      {celebrated && <Celebration />}
      {hurt.map(({ request, pain }) => (
        <Alert key={request} tone="plain">
          {pain === null
            ? t('summary.hurt', { name: nameOf(request) })
            : t('summary.hurtAt', { name: nameOf(request), pain })}
        </Alert>
      ))}
      {good.length > 0 && (
        <Alert tone="good">
          <ul className="plain tight">
            {good.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </Alert>
      )}
      {session.stopped && hurt.length === 0 && <p>{t('summary.stopped')}</p>}
      {done.length > 0 && <DoneCards done={done} prescribed={prescribed} />}
      {celebrated && <NextTime programme={programme} />}
      <ClinicWord note={programme.note} />
      <OutboxStatus />
      {!session.stopped && hurt.length === 0 && <RemindersOffer />}
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions">
        <Button size="lg" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}
