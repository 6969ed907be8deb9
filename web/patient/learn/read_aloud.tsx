// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { hasVoice, hush, onVoices, readAloud } from '../../coach/local_voice.ts';
import { Icon } from '../../design/icons.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** Reads a text aloud by a voice of the device; absent where the device has none for the text's language. */
export function ReadAloud({ parts, language }: { parts: readonly string[]; language: string }) {
  const { t } = useLanguage();
  const able = useSyncExternalStore(onVoices, () => hasVoice(language.slice(0, 2)));
  const [reading, setReading] = useState(false);
  useEffect(() => hush, []);
  if (!able) return null;
  const toggle = () => {
    if (reading) hush();
    else readAloud(parts, language.slice(0, 2), () => setReading(false));
    setReading(!reading);
  };
  return (
    <Button variant="default" mb="sm" leftSection={<Icon name={reading ? 'stop' : 'sound'} />} onClick={toggle}>
      {t(reading ? 'piece.hush' : 'piece.aloud')}
    </Button>
  );
}
