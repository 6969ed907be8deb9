// SPDX-License-Identifier: Apache-2.0
// The coach's words and figure in a set.
import { NativeSelect, Switch } from '@mantine/core';
import { say, wakeVoice } from '../../coach/voice.ts';
import { prefer, usePreferences, type Preferences } from '../../data/preferences.ts';
import { useLanguage } from '../../translations/language.tsx';

const LEVELS = ['all', 'less', 'off'] as const;
const VOLUMES = ['full', 'medium', 'low'] as const;

export function CoachSetting() {
  const { t, language } = useLanguage();
  const { voice, volume, figure, handPause } = usePreferences();
  /** The patient hears the choice. */
  const change = (to: Partial<Preferences>) => {
    prefer(to);
    wakeVoice();
    say(t('spoken.twoMore'), language, 'praise');
  };
  return (
    <>
      <NativeSelect
        label={t('settings.voice')}
        description={t('settings.voiceWhat')}
        value={voice}
        data={LEVELS.map((value) => ({ value, label: t(`settings.voice.${value}`) }))}
        onChange={(event) => change({ voice: event.currentTarget.value as Preferences['voice'] })}
      />
      {voice !== 'off' && (
        <NativeSelect
          label={t('settings.volume')}
          description={t('settings.volumeWhat')}
          value={volume}
          data={VOLUMES.map((value) => ({ value, label: t(`settings.volume.${value}`) }))}
          onChange={(event) => change({ volume: event.currentTarget.value as Preferences['volume'] })}
        />
      )}
      <Switch
        size="md"
        label={t('settings.figure')}
        description={t('settings.figureWhat')}
        checked={figure}
        onChange={(event) => prefer({ figure: event.currentTarget.checked })}
      />
      <Switch
        size="md"
        label={t('settings.handPause')}
        description={t('settings.handPauseWhat')}
        checked={handPause}
        onChange={(event) => prefer({ handPause: event.currentTarget.checked })}
      />
    </>
  );
}
