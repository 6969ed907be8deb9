import { useCallback } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { loadSession } from '../data/session.ts';
import type { Session } from '../data/api.ts';
import { useEachWhileUsed } from '../hooks/each_while_used.ts';
import { Notice } from './mark.tsx';

const EACH_MS = 5000;

/** In a demonstration that has just begun: its patients' history is still being written. */
export function FillingNotice({ filling: { patients, of } }: { filling: NonNullable<Session['filling']> }) {
  const { t } = useLanguage();
  useEachWhileUsed(
    EACH_MS,
    useCallback(() => {
      void loadSession();
    }, []),
  );
  return <Notice tone="careful">{t('filling', { patients, of })}</Notice>;
}
