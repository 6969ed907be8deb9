// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Alert } from '../components/alert.tsx';
import { Page } from '../components/section.tsx';
import { codeOf, type FailureCode } from '../data/api.ts';
import { go } from '../hooks/route.ts';
import { useLanguage } from '../translations/language.tsx';

const ENDED: readonly FailureCode[] = ['ended', 'not-found', 'invalid'];

/** Whether a link to a password leads nowhere: without its secret, or used, expired or unknown. */
export const isEnded = (secret: string, error: Error | null) =>
  secret === '' || (error !== null && ENDED.includes(codeOf(error)));

interface Props {
  title: string;
  problem: string;
  remedy: string;
  /** A way to another link. */
  another?: ReactNode;
}

/** In place of the choice of a password, where the link leads nowhere. */
export function LinkEnded({ title, problem, remedy, another }: Props) {
  const { t } = useLanguage();
  return (
    <Page title={title} narrow>
      <Stack className="card">
        <Alert tone="careful" role="alert">
          {problem}
        </Alert>
        <p>{remedy}</p>
        <div className="actions">
          {another}
          <Button variant="default" onClick={() => go('/sign-in')}>
            {t('signIn.title')}
          </Button>
        </div>
      </Stack>
    </Page>
  );
}
