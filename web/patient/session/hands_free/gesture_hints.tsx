// SPDX-License-Identifier: Apache-2.0
// How to pause, and to say that it hurts, away from the screen.
import { Title } from '@mantine/core';
import type { Gesture } from 'reprise-engine';
import { usePreferences } from '../../../data/preferences.ts';
import { wantsSupport, type Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { gesturesOf, lieOf, signsOf } from './asked.ts';
import { GesturePicture } from './gesture_picture.tsx';
import './hands_free.css';

/** Returns the gestures of a set with their words. */
export function useGestureWords({ facts }: Prescribed) {
  const { t } = useLanguage();
  const { handPause } = usePreferences();
  const lie = lieOf(facts.position);
  const how = (gesture: Gesture) =>
    t(gesture === 'hand_up' ? `hands.handUp.${lie}` : gesture === 'arm_out' ? 'hands.armOut' : 'hands.crossed');
  return signsOf(gesturesOf(facts, handPause)).map(({ asks, gesture }) => ({
    asks,
    gesture,
    lie,
    name: t(asks === 'hurts' ? 'live.hurts' : 'live.pause'),
    how: how(gesture),
  }));
}

/** On the introduction, in sentences. */
export function GestureCard({ prescribed }: { prescribed: Prescribed }) {
  const { t } = useLanguage();
  const { handPause } = usePreferences();
  const { hurts, pause } = gesturesOf(prescribed.facts, handPause);
  const words = useGestureWords(prescribed);
  return (
    <section className="card gestures">
      <Title order={2}>{t('hands.title')}</Title>
      {words.length > 0 && <p>{t(words.length > 1 ? 'hands.hold' : 'hands.holdOne')}</p>}
      <ul>
        {words.map(({ asks, gesture, lie, name, how }) => (
          <li key={asks}>
            <GesturePicture gesture={gesture} lie={lie} label="" />
            <p>
              <strong>{name}</strong>
              <br />
              {how} {asks === 'pause' && t('hands.again')}
            </p>
          </li>
        ))}
      </ul>
      {!hurts && <p className="note">{t('hands.noHurts')}</p>}
      {!pause && <p className="note">{t(handPause ? 'hands.noPause' : 'hands.pauseOff')}</p>}
      {words.length > 0 && wantsSupport(prescribed) && <p className="note">{t('hands.support')}</p>}
    </section>
  );
}

/** Over the picture of the set-up, in as little room as can be. */
export function GestureStrip({ prescribed }: { prescribed: Prescribed }) {
  const words = useGestureWords(prescribed);
  if (words.length === 0) return null;
  return (
    <ul className="gesture-strip">
      {words.map(({ asks, gesture, lie, name, how }) => (
        <li key={asks}>
          <GesturePicture gesture={gesture} lie={lie} label={how} />
          <span>{name}</span>
        </li>
      ))}
    </ul>
  );
}
