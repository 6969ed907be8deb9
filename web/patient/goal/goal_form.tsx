// SPDX-License-Identifier: Apache-2.0
import { Textarea } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Form, useProblem } from '../../components/form.tsx';
import { MOST_LETTERS } from '../../fhir/own_goal.ts';
import { useLanguage } from '../../translations/language.tsx';

function Words({ value, onValue }: { value: string; onValue: (value: string) => void }) {
  const { t } = useLanguage();
  return (
    <Textarea
      label={t('ownGoal.label')}
      description={t('ownGoal.example')}
      value={value}
      onChange={(event) => onValue(event.currentTarget.value)}
      error={useProblem(value.trim() === '' ? t('field.missing') : undefined)}
      maxLength={MOST_LETTERS}
      autosize
      minRows={2}
    />
  );
}

interface Props {
  before?: string;
  onSave: (words: string) => Promise<void>;
  /** A way out beside the button. */
  beside?: ReactNode;
}

export function GoalForm({ before = '', onSave, beside }: Props) {
  const { t } = useLanguage();
  const [words, setWords] = useState(before);
  return (
    <Form submit={t('ownGoal.save')} onSubmit={() => onSave(words.trim())} beside={beside}>
      <Words value={words} onValue={setWords} />
    </Form>
  );
}
