import { Button } from '@mantine/core';
import { Notice } from '../../parts/mark.tsx';
import { localTime } from '../../record/local_time.ts';
import type { Asked } from '../../record/programme.ts';
import { useLanguage } from '../../source/language.tsx';
import { go } from '../../source/route.ts';

/** Whether it is to be answered today, by the patient's own clock. */
export const isDue = ({ asked: { done, due } }: Asked, today = localTime(new Date()).slice(0, 10)) => !done && (due === null || due <= today);

/** On Today: that there is something to answer. */
export function QuestionsDue({ asked }: { asked: readonly Asked[] }) {
  const { t, counted } = useLanguage();
  const due = asked.filter((one) => isDue(one)).length;
  if (due === 0) return null;
  return (
    <Notice tone="plain">
      {counted('questions.due', due)}
      <Button variant="default" size="sm" mt="sm" display="block" onClick={() => go('/questions')}>{t('questions.answer')}</Button>
    </Notice>
  );
}
