// SPDX-License-Identifier: Apache-2.0
import { exerciseWords } from '../../../exercises/exercise_words.ts';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { ReadAloudButton } from '../../learn/read_aloud.tsx';
import { useReadAloud } from '../../learn/use_read_aloud.ts';
import './spoken_steps.css';

/** The steps of an exercise. A voice of the device reads them, and the one that it reads is marked. */
export function SpokenSteps({ file }: Pick<Prescribed, 'file'>) {
  const { language } = useLanguage();
  const { steps } = exerciseWords(file, language);
  const aloud = useReadAloud(steps, language);
  // Steps that are partly in English would be read by the wrong voice.
  const able = aloud.able && file.text[language] !== undefined;
  return (
    <>
      <ol className="steps-list">
        {steps.map((step, i) => (
          <li key={step} aria-current={aloud.reading && aloud.part === i ? 'step' : undefined}>
            {step}
          </li>
        ))}
      </ol>
      <ReadAloudButton {...aloud} able={able} />
    </>
  );
}
