// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { said } from '../../fhir/questionnaire/model.ts';
import { unsupported } from '../../fhir/questionnaire/support.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { Page } from '../../components/section.tsx';
import { OutboxStatus } from '../../components/outbox_status.tsx';
import { useProgramme } from '../../hooks/use_programme.ts';
import type { OpenQuestionnaire, Loaded } from '../../data/programme.ts';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { isDue } from './due.tsx';
import { QuestionnaireForm } from './questionnaire_form.tsx';

/** `sent`: just now, whatever the record said before. */
function Row({ one, sent, onAnswer }: { one: OpenQuestionnaire; sent: boolean; onAnswer: () => void }) {
  const { t, language, day } = useLanguage();
  const { asked, questionnaire } = one;
  const wrong = questionnaire ? unsupported(questionnaire) : 'missing';
  const title = (questionnaire && said(questionnaire.title, questionnaire._title, language)) || t('questions.untitled');
  const offered = wrong === undefined && !sent && isDue(one);
  return (
    <li className="row">
      <div>
        <strong>{title}</strong>
        {asked.reason && <p className="small">{asked.reason}</p>}
        {asked.answerBy && offered && <p className="small">{t('questions.by', { when: day(asked.answerBy) })}</p>}
        {asked.lastAnswered && <p className="small">{t('questions.last', { when: day(asked.lastAnswered) })}</p>}
        {/* In brackets for the clinic, whom the patient tells it. */}
        {wrong && (
          <p className="small">
            {t('questions.notShown')} ({wrong})
          </p>
        )}
      </div>
      <div className="end">
        {offered && (
          <Button onClick={onAnswer}>
            {t('questions.answer')}
            <span className="hidden"> {title}</span>
          </Button>
        )}
        {!offered &&
          !wrong &&
          (asked.done || sent || !asked.due ? (
            <Badge tone="good">{t('questions.done')}</Badge>
          ) : (
            <Badge tone="plain">{t('questions.next', { when: day(asked.due) })}</Badge>
          ))}
      </div>
    </li>
  );
}

function List({
  loaded,
  answered,
  onAnswer,
}: {
  loaded: Loaded;
  answered: string | undefined;
  onAnswer: (one: OpenQuestionnaire) => void;
}) {
  const { t } = useLanguage();
  return (
    <Page title={t('questions.title')} lead={t('questions.lead')}>
      {answered !== undefined && (
        <Alert tone="good" role="status">
          {t('questions.thanks')}
        </Alert>
      )}
      <OutboxStatus quiet />
      {loaded.asked.length === 0 ? (
        <p className="none">{t('questions.none')}</p>
      ) : (
        <div className="card">
          <ul className="rows">
            {loaded.asked.map((one, i) => (
              <Row key={i} one={one} sent={one.asked.canonical === answered} onAnswer={() => onAnswer(one)} />
            ))}
          </ul>
        </div>
      )}
      <div className="actions">
        <Button variant="default" onClick={() => go('/today')}>
          {t('session.toToday')}
        </Button>
      </div>
    </Page>
  );
}

/** The clinic's own questionnaires. */
export function QuestionsPage() {
  const query = useProgramme();
  const [chosen, setChosen] = useState<OpenQuestionnaire>();
  const [answered, setAnswered] = useState<string>();
  return (
    <QueryBoundary query={query}>
      {(loaded) =>
        chosen?.questionnaire && loaded.programme ? (
          <QuestionnaireForm
            questionnaire={chosen.questionnaire}
            reason={chosen.asked.reason}
            programme={loaded.programme}
            onLeave={() => setChosen(undefined)}
            onDone={() => {
              setAnswered(chosen.asked.canonical);
              void query.refetch();
              setChosen(undefined);
            }}
          />
        ) : (
          <List
            loaded={loaded}
            answered={answered}
            onAnswer={(one) => {
              setAnswered(undefined);
              setChosen(one);
            }}
          />
        )
      }
    </QueryBoundary>
  );
}
