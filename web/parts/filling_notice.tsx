import { useCallback } from 'react';
import { useLanguage } from '../source/language.tsx';
import { loadSession } from '../source/session.ts';
import type { Session } from '../source/api.ts';
import { useEachWhileUsed } from './each_while_used.ts';
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
