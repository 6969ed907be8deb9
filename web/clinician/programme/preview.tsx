// SPDX-License-Identifier: Apache-2.0
import type { PrescribedExercise, Programme, Reprise } from 'reprise-engine';
import { Dialog } from '../../components/dialog.tsx';
import { ExerciseCard } from '../../components/exercise_card.tsx';
import { Alert } from '../../components/alert.tsx';
import { useBearing } from '../../exercises/bearing.ts';
import { secondsOf } from '../../exercises/prescribed.ts';
import { usePrescribed } from '../../exercises/use_prescribed.ts';
import { exerciseWords } from '../../exercises/exercise_words.ts';
import { useLanguage } from '../../translations/language.tsx';

const NONE: readonly PrescribedExercise[] = [];

/** What the patient will see, out of the same engine and the same parts. */
export function Preview({
  programme,
  reprise,
  onClose,
}: {
  programme: Programme | undefined;
  reprise: Reprise;
  onClose: () => void;
}) {
  const { t, counted, language } = useLanguage();
  const bearingOf = useBearing();
  const bearing = programme && bearingOf(programme);
  const orders = usePrescribed(reprise, programme?.exercises ?? NONE);
  const minutes = Math.max(1, Math.round(orders.reduce((sum, one) => sum + secondsOf(one), 0) / 60));
  return (
    <Dialog title={t('plan.preview')} onClose={onClose}>
      {!programme || orders.length === 0 ? (
        <p className="none">{t('today.none')}</p>
      ) : (
        <>
          <p>
            <strong>{programme.title ?? t('today.programme')}</strong>{' '}
            <span className="small">{counted('today.minutes', minutes)}</span>
          </p>
          {programme.note && <p className="note">{programme.note}</p>}
          {bearing && <Alert tone="careful">{bearing}</Alert>}
          <ul className="exercise-cards">
            {orders.map((one) => (
              <ExerciseCard key={one.order.request} prescribed={one} perWeek />
            ))}
          </ul>
          {orders.map(({ order, file }) => {
            const words = exerciseWords(file, language);
            return (
              <details key={order.request}>
                <summary>{words.name}</summary>
                <ol className="steps-list">
                  {words.steps.map((step) => (
                    <li key={step}>{step}</li>
                  ))}
                </ol>
                {[order.instruction, order.supportNote, words.stop].map(
                  (text) =>
                    text && (
                      <p key={text} className="small">
                        {text}
                      </p>
                    ),
                )}
              </details>
            );
          })}
        </>
      )}
    </Dialog>
  );
}
