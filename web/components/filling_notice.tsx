// SPDX-License-Identifier: Apache-2.0
import { useQuery } from '@tanstack/react-query';
import { useLanguage } from '../translations/language.tsx';
import { loadSession } from '../data/session.ts';
import type { Session } from '../data/api.ts';
import { Alert } from './alert.tsx';
import { polled } from '../data/query_client.ts';
import { queryKeys } from '../data/query_keys.ts';

const EACH_MS = 5000;

/** In a demonstration that has just begun: its patients' history is still being written. */
export function FillingNotice({ filling: { patients, of } }: { filling: NonNullable<Session['filling']> }) {
  const { t } = useLanguage();
  useQuery({ queryKey: queryKeys.session(), queryFn: async () => (await loadSession()) ?? null, ...polled(EACH_MS) });
  return <Alert tone="careful">{t('filling', { patients, of })}</Alert>;
}
