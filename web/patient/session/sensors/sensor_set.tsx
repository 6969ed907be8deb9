// SPDX-License-Identifier: Apache-2.0
// One set that worn sensors count: setting them up, then the movement itself.
import { Loader } from '@mantine/core';
import { useCallback, useEffect, useState, useSyncExternalStore, type ComponentProps } from 'react';
import { say, wakeVoice } from '../../../coach/voice.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { LiveSet } from '../live_set.tsx';
import { useWatched } from '../use_watched.ts';
import type { SensorCoach, WornDevice } from './sensor_coach.ts';
import { SensorSetUp } from './sensor_set_up.tsx';
import './sensors.css';
import type { Way } from './ways.ts';

interface Props extends Omit<ComponentProps<typeof LiveSet>, 'watcher' | 'by'> {
  coach: SensorCoach;
  way: Way;
  onByHand: () => void;
}

export function SensorSet({ coach, way, onByHand, ...props }: Props) {
  const { t, language } = useLanguage();
  const { prescribed, onHurt, onSkip, onStop } = props;
  const [devices, setDevices] = useState<readonly WornDevice[]>([]);
  const [started, setStarted] = useState(false);
  const now = useSyncExternalStore(coach.onChange, coach.now);
  const watched = useWatched(prescribed);
  useEffect(() => {
    if (watched) setDevices(coach.wear(watched, way));
  }, [coach, watched, way]);
  const begin = useCallback(() => {
    wakeVoice();
    say(t('live.go'), language, 'done');
    setStarted(true);
  }, [t, language]);
  if (devices.length === 0) return <Loader role="status" aria-label={t('loading')} />;
  if (started)
    return (
      <div className="stage" data-worn data-on data-live>
        <LiveSet {...props} watcher={coach} by={t(`worn.by.${way}`)} />
      </div>
    );
  return (
    <SensorSetUp
      coach={coach}
      devices={devices}
      now={now}
      prescribed={prescribed}
      way={way}
      onReady={begin}
      onByHand={onByHand}
      onHurt={onHurt}
      onSkip={onSkip}
      onStop={onStop}
    />
  );
}
