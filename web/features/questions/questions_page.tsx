import { Button } from '@mantine/core';
import { useState } from 'react';
import { Mark, Notice } from '../../parts/mark.tsx';
import { said } from '../../parts/questionnaire/model.ts';
import { unsupported } from '../../parts/questionnaire/support.ts';
import { Asked as Shown, Page } from '../../parts/section.tsx';
import { Sending } from '../../parts/sending.tsx';
import { useProgramme } from '../../parts/use_programme.ts';
import type { Asked, Loaded } from '../../record/programme.ts';
import { useLanguage } from '../../source/language.tsx';
import { go } from '../../source/route.ts';
import { isDue } from './due.tsx';
import { QuestionnaireForm } from './questionnaire_form.tsx';

function Row({ one, onAnswer }: { one: Asked; onAnswer: () => void }) {
  const { t, language, day } = useLanguage();
  const { asked, questionnaire } = one;
  const wrong = questionnaire ? unsupported(questionnaire) : 'missing';
  const title = (questionnaire && said(questionnaire.title, questionnaire._title, language)) || t('questions.untitled');
  const offered = wrong === undefined && isDue(one);
  return (
    <li className="row">
      <div>
        <strong>{title}</strong>
        {asked.reason && <p className="small">{asked.reason}</p>}
        {asked.lastAnswered && <p className="small">{t('questions.last', { when: day(asked.lastAnswered) })}</p>}
        {/* In brackets for the clinic, whom the patient tells it. */}
        {wrong && <p className="small">{t('questions.notShown')} ({wrong})</p>}
      </div>
      <div className="end">
        {offered && <Button onClick={onAnswer}>{t('questions.answer')}<span className="hidden"> {title}</span></Button>}
        {!offered && !wrong && <Mark tone={asked.done ? 'good' : 'plain'}>{asked.done ? t('questions.done') : t('questions.next', { when: day(asked.due ?? '') })}</Mark>}
      </div>
    </li>
  );
}

function List({ loaded, answered, onAnswer }: { loaded: Loaded; answered: boolean; onAnswer: (one: Asked) => void }) {
  const { t, counted } = useLanguage();
  const unread = (loaded.programme?.problems ?? []).filter(({ request }) => request === null).length;
  return (
    <Page title={t('questions.title')} lead={t('questions.lead')}>
      {answered && <Notice tone="good" role="status">{t('questions.thanks')}</Notice>}
      <Sending quiet />
      {loaded.asked.length === 0 ? <p className="none">{t('questions.none')}</p> : (
        <div className="card"><ul className="rows">{loaded.asked.map((one, i) => <Row key={i} one={one} onAnswer={() => onAnswer(one)} />)}</ul></div>
      )}
      {unread > 0 && <Notice tone="careful">{counted('questions.problems', unread)}</Notice>}
      <div className="actions"><Button variant="default" onClick={() => go('/today')}>{t('session.toToday')}</Button></div>
    </Page>
  );
}

/** The clinic's own questionnaires. */
export function QuestionsPage() {
  const loading = useProgramme();
  const [chosen, setChosen] = useState<Asked>();
  const [answered, setAnswered] = useState(false);
  return (
    <Shown asked={loading}>
      {(loaded) => (chosen?.questionnaire && loaded.programme
        ? <QuestionnaireForm questionnaire={chosen.questionnaire} reason={chosen.asked.reason} programme={loaded.programme} onLeave={() => setChosen(undefined)}
          onDone={() => {
            void loading.reload();
            setAnswered(true);
            setChosen(undefined);
          }} />
        : <List loaded={loaded} answered={answered} onAnswer={(one) => {
          setAnswered(false);
          setChosen(one);
        }} />)}
    </Shown>
  );
}
