// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Icon } from '../../design/icons.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { useReadAloud } from './use_read_aloud.ts';

/** Reads a text aloud by a voice of the device; absent where the device has none for the text's language. */
export function ReadAloud({ parts, language }: { parts: readonly string[]; language: string }) {
  return <ReadAloudButton {...useReadAloud(parts, language)} />;
}

export function ReadAloudButton({ able, reading, toggle }: ReturnType<typeof useReadAloud>) {
  const { t } = useLanguage();
  if (!able) return null;
  return (
    <Button variant="default" mb="sm" leftSection={<Icon name={reading ? 'stop' : 'sound'} />} onClick={toggle}>
      {t(reading ? 'piece.hush' : 'piece.aloud')}
    </Button>
  );
}
