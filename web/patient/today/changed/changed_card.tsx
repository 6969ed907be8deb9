// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import type { Programme } from 'reprise-engine';
import { Face } from '../../../components/face.tsx';
import { Section } from '../../../components/section.tsx';
import { useConversation } from '../../../data/conversation.ts';
import { useAccount } from '../../../data/session.ts';
import { useDose } from '../../../exercises/dose.ts';
import { exerciseWords, fileOf } from '../../../exercises/exercise_words.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { useChanges } from './seen.ts';
import type { Changed, Seen } from './what_changed.ts';

function useWords() {
  const { t, language } = useLanguage();
  const doseWords = useDose();
  const dose = ({ hold_s: hold, load_kg: load, daysPerWeek: days, ...rest }: Seen) =>
    doseWords({ ...rest, hold, load, days });
  return (change: Changed) => {
    const { exercise } = change;
    const { name } = exerciseWords(fileOf(exercise.json), language);
    if (change.what === 'dose') return t('changed.dose', { name, now: dose(exercise), before: dose(change.before) });
    return t(`changed.${change.what}`, { name, dose: dose(exercise) });
  };
}

/** What the clinic changed since the patient last looked, and why where the clinician said it. */
export function ChangedCard({ programme }: { programme: Programme }) {
  const { t } = useLanguage();
  const words = useWords();
  const { changes, since, done } = useChanges(useAccount().account.id, programme);
  const { messages } = useConversation();
  if (changes.length === 0) return null;
  const why = messages.findLast(
    ({ reason, sent }) => reason && since !== undefined && Date.parse(sent) >= Date.parse(since),
  );
  return (
    <Section title={t('changed.title')}>
      <Stack gap="xs">
        {why?.reason && (
          <p className="said">
            {why.by && (
              <>
                <Face name={why.by} photo={why.face} /> <strong>{why.by}: </strong>
              </>
            )}
            {why.reason}
          </p>
        )}
        <ul className="plain">
          {changes.map((one) => (
            <li key={`${one.what} ${one.exercise.request}`}>{words(one)}</li>
          ))}
        </ul>
      </Stack>
      <Button variant="default" mt="sm" onClick={done}>
        {t('changed.seen')}
      </Button>
    </Section>
  );
}
