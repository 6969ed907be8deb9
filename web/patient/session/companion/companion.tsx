// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from 'react';
import { MovingFigure } from '../../../components/figure.tsx';
import { usePreferences } from '../../../data/preferences.ts';
import { exerciseWords } from '../../../exercises/exercise_words.ts';
import { mirrored, type Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { ownPace } from './own_pace.ts';
import './companion.css';

interface Props {
  prescribed: Prescribed;
  count: number;
  repetition_s: number;
  /** Too few pictures come: the figure is gone for the rest of the set. */
  slow: boolean;
}

/** A small figure beside the picture that does the exercise along, as quickly as the patient. */
export function Companion({ prescribed, count, repetition_s, slow }: Props) {
  const { t, language } = useLanguage();
  const { figure } = usePreferences();
  const [pace] = useState(() => ownPace(prescribed.facts.repetition_s));
  const [seconds, setSeconds] = useState(prescribed.facts.repetition_s);
  const [wasSlow, setWasSlow] = useState(slow);
  useEffect(() => setSeconds(pace({ count, repetition_s })), [pace, count, repetition_s]);
  useEffect(() => {
    if (slow) setWasSlow(true);
  }, [slow]);
  if (!figure || wasSlow) return null;
  return (
    <div className="companion">
      <MovingFigure
        exercise={prescribed.exercise}
        mirror={mirrored(prescribed)}
        label={t('introduce.figure', { name: exerciseWords(prescribed.file, language).name })}
        seconds={seconds}
        rate_hz={15}
      />
    </div>
  );
}
