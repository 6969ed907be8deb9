// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { prefer, usePreferences } from '../../../data/preferences.ts';
import { Icon } from '../../../design/icons.tsx';
import { isHold, type Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { playTick } from './play_tick.ts';

/** Turns the pace by sound on and off; absent where there is none to be heard. */
export function PaceSwitch({ prescribed }: { prescribed: Prescribed }) {
  const { t } = useLanguage();
  const { voice, paceSound } = usePreferences();
  if (voice === 'off' || isHold(prescribed)) return null;
  const change = () => {
    prefer({ paceSound: !paceSound });
    playTick('out');
  };
  return (
    <Button size="lg" variant="default" leftSection={<Icon name={paceSound ? 'stop' : 'sound'} />} onClick={change}>
      {t(paceSound ? 'pace.off' : 'pace.on')}
    </Button>
  );
}
