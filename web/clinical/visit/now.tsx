import { Button } from '@mantine/core';
import { useCallback } from 'react';
import { useLoaded } from '../../hooks/act.ts';
import { useEachWhileUsed } from '../../hooks/each_while_used.ts';
import { Notice } from '../../components/mark.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { addressOfVisit, openVisits } from './visit.ts';

const LOOK_EACH_MS = 30_000;

/** A patient's way into the video visit that is on; nothing where none is, or that is not known. */
export function VisitNow() {
  const { t, moment } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const { value, reload } = useLoaded(useCallback(() => openVisits(person), [person]));
  useEachWhileUsed(LOOK_EACH_MS, () => {
    void reload();
  });
  const [visit] = value ?? [];
  return (
    <div role="status">
      {visit && (
        <Notice tone="good">
          {t('visit.now', { when: moment(visit.start ?? '') })}{' '}
          <Button ml="sm" onClick={() => go(addressOfVisit(visit.id))}>
            {t('visit.toVisit')}
          </Button>
        </Notice>
      )}
    </div>
  );
}
