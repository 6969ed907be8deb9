// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import type { SelfAnswers } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { YesNo } from '../../components/yes_no.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { DEFINITION, wordsIn, type QuestionName } from './definition.ts';

function One({
  question,
  value,
  missing,
  onValue,
}: {
  question: QuestionName;
  value: string | undefined;
  missing: boolean;
  onValue: (id: string) => void;
}) {
  const { t, language } = useLanguage();
  const { text, options } = DEFINITION.questions[question];
  return (
    <Radio.Group
      label={wordsIn(text, language)}
      size="md"
      value={value ?? ''}
      error={missing ? t('field.missing') : undefined}
      onChange={onValue}
    >
      <Stack gap={0} mt="xs">
        {options.map((option) => (
          <Radio key={option.id} size="md" value={option.id} label={wordsIn(option.text, language)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function Some({
  question,
  value,
  onValue,
}: {
  question: QuestionName;
  value: string[];
  onValue: (ids: string[]) => void;
}) {
  const { t, language } = useLanguage();
  const { text, options } = DEFINITION.questions[question];
  return (
    <Checkbox.Group
      label={wordsIn(text, language)}
      description={t('self.any')}
      size="md"
      value={value}
      onChange={onValue}
    >
      <Stack gap={0} mt="xs">
        {options.map((option) => (
          <Checkbox key={option.id} size="md" value={option.id} label={wordsIn(option.text, language)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

type Asked = Pick<SelfAnswers, 'since' | 'course' | 'worse_with' | 'hard' | 'unsteady'>;

/** `stands`: a movement in standing may come. */
export function QuestionsStep({ stands, onDone }: { stands: boolean; onDone: (asked: Asked) => void }) {
  const { t } = useLanguage();
  const [since, setSince] = useState<string>();
  const [course, setCourse] = useState<string>();
  const [worse, setWorse] = useState<string[]>([]);
  const [hard, setHard] = useState<string[]>([]);
  const [unsteady, setUnsteady] = useState<boolean>();
  const [attempted, setAttempted] = useState(false);
  const isMissing = since === undefined || course === undefined || (stands && unsteady === undefined);
  const go = () => {
    setAttempted(true);
    if (!isMissing) onDone({ since, course, worse_with: worse, hard, unsteady: unsteady ?? null });
  };
  return (
    <Page title={t('self.questions')} narrow>
      <Stack gap="lg" className="card">
        <One question="since" value={since} missing={attempted && since === undefined} onValue={setSince} />
        <One question="course" value={course} missing={attempted && course === undefined} onValue={setCourse} />
        <Some question="worse_with" value={worse} onValue={setWorse} />
        <Some question="hard" value={hard} onValue={setHard} />
        {stands && (
          <YesNo
            question={t('self.unsteady')}
            value={unsteady}
            missing={attempted && unsteady === undefined}
            onValue={setUnsteady}
          />
        )}
      </Stack>
      {attempted && isMissing && (
        <Alert tone="careful" role="alert">
          {t('flags.missing')}
        </Alert>
      )}
      <div className="actions">
        <Button size="lg" onClick={go}>
          {t('goOn')}
        </Button>
      </div>
    </Page>
  );
}
