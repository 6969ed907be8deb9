// SPDX-License-Identifier: Apache-2.0
import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** A numbered step, and below it the parts of the account that it is about. */
export function Step({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <Section title={t('newPhone.step', { number, title })}>
      <Stack gap="sm" align="start">
        {children}
      </Stack>
    </Section>
  );
}
