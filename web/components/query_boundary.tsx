// SPDX-License-Identifier: Apache-2.0
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { FailureAlert } from './failure_alert.tsx';

interface Props<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => Promise<unknown> };
  /** Leaves the data in place, below the alert, where loading it again fails. */
  keepsData?: boolean;
  children: (data: T) => ReactNode;
}

/** Shows a query: a placeholder while it loads, an alert with "try again" where it failed, else its data. */
export function QueryBoundary<T>({ query: { data, error, refetch }, keepsData = false, children }: Props<T>) {
  const { t } = useLanguage();
  const alert = error && (
    <FailureAlert
      failure={error}
      retry={() => {
        void refetch();
      }}
    />
  );
  if (data !== undefined && keepsData)
    return (
      <>
        {alert}
        {children(data)}
      </>
    );
  if (alert) return alert;
  if (data === undefined)
    return (
      <div role="status" aria-label={t('loading')}>
        <Skeleton h={20} mb={10} />
        <Skeleton h={20} w="70%" />
      </div>
    );
  return children(data);
}
