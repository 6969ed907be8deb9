// SPDX-License-Identifier: Apache-2.0
import './after.css';
import './day_end.css';
import { exerciseWords } from '../../../exercises/exercise_words.ts';
import type { Prescribed } from '../../../exercises/prescribed.ts';
import { useLanguage } from '../../../translations/language.tsx';
import type { ExerciseDone, SetDone } from '../flow.ts';
import { qualityOf } from './look_back.ts';

function DoneCard({ one, about }: { one: ExerciseDone; about: Prescribed }) {
  const { t, language } = useLanguage();
  const { sets } = one;
  const level = qualityOf(sets);
  const count = sets.reduce((sum, set) => sum + set.count, 0);
  const judged = ({ quality, by }: SetDone) => {
    if (quality !== null) return `, ${t('after.quality.of', { quality: Math.round(quality) })}`;
    return by === 'hand' ? '' : `, ${t('summary.notMeasured')}`;
  };
  return (
    <li className="after-card">
      <p className="done-name">{exerciseWords(about.file, language).name}</p>
      <p>
        {t('after.done', { sets: sets.length, count })}
        {/* Of an exercise that was stopped because of pain, nothing is judged. */}
        {level && one.hurtAt === undefined && ` · ${t(`after.quality.${level}`)}`}
      </p>
      <details>
        <summary>{t('after.each')}</summary>
        <ul>
          {sets.map((set, i) => (
            <li key={set.id}>
              {t('after.set', { number: i + 1, count: set.count, of: about.order.repetitions })}
              {judged(set)}
            </li>
          ))}
        </ul>
        {level && <p className="small">{t('summary.qualityWhat')}</p>}
      </details>
    </li>
  );
}

/** Each exercise that was done, or begun; its sets and numbers on request. */
export function DoneCards({
  done,
  prescribed,
}: {
  done: readonly ExerciseDone[];
  prescribed: ReadonlyMap<string, Prescribed>;
}) {
  return (
    <ul className="done-cards">
      {done.map((one) => {
        const about = prescribed.get(one.request);
        const [first] = one.sets;
        return about && first && <DoneCard key={first.id} one={one} about={about} />;
      })}
    </ul>
  );
}
