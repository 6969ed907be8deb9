// SPDX-License-Identifier: Apache-2.0
import './programme.css';
import { Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import type { Reprise } from 'reprise-engine';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Link } from '../../components/link.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page } from '../../components/section.tsx';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { useWhoWords } from '../../components/who.tsx';
import { isSimulated, nameOf, whoIs } from '../../fhir/people.ts';
import { useEngine } from '../../data/engine.ts';
import { useLanguage } from '../../translations/language.tsx';
import { useAccount } from '../../data/session.ts';
import type { Place } from './address.ts';
import { useChartTime } from '../remote_monitoring/chart_time.ts';
import { Building } from './building.tsx';
import { loadKnowledge, type Knowledge } from './load.ts';
import { useBuilder } from './use_builder.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';

function Open({
  patient,
  knowledge,
  reprise,
  template,
}: {
  patient: string;
  knowledge: Knowledge;
  reprise: Reprise;
  template: string | undefined;
}) {
  const { t } = useLanguage();
  const {
    account: { id, person = '' },
  } = useAccount();
  useChartTime(patient);
  const builder = useBuilder(reprise, patient, { id, person }, knowledge);
  const { state, failure, undo, redo } = builder;
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, [role="dialog"]');
      if (typing || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    document.addEventListener('keydown', keys);
    return () => document.removeEventListener('keydown', keys);
  }, [undo, redo]);
  const { behind } = useWhoWords();
  const name = state && (nameOf(state.loaded.patient) ?? t('chart.nameless'));
  return (
    <Page
      title={name ? t('plan.title.of', { name }) : t('plan.title')}
      lead={
        state && (
          <>
            <Link href={addressOfChart(patient)}>{t('plan.toChart')}</Link>{' '}
            <span className="small">{behind({ ...whoIs(state.loaded.patient), simulated: false })}</span>
            {isSimulated(state.loaded.patient) && (
              <>
                {' '}
                <Badge tone="careful">{t('chart.simulated')}</Badge>
              </>
            )}{' '}
            <span className="small">{t('notReviewed')}</span>
          </>
        )
      }
    >
      {!state && failure && (
        <FailureAlert
          failure={failure}
          retry={() => {
            void builder.reload();
          }}
        />
      )}
      {!state && !failure && (
        <div role="status" aria-label={t('loading')}>
          <Skeleton h={120} mb={16} />
          <Skeleton h={300} />
        </div>
      )}
      {state && <Building reprise={reprise} knowledge={knowledge} builder={builder} wantedTemplate={template} />}
    </Page>
  );
}

/** Writes and changes a patient's programme: docs/clinician/programme-builder.md. */
export function ProgrammePage({ patient, template }: Place) {
  const { t } = useLanguage();
  const reprise = useEngine();
  const knowledge = useQuery({ queryKey: queryKeys.programmeCatalog(), queryFn: loadKnowledge });
  if (!patient)
    return (
      <Page title={t('plan.title')}>
        <Alert tone="careful">{t('chart.whom')}</Alert>
      </Page>
    );
  if (!reprise || !knowledge.data)
    return (
      <Page title={t('plan.title')}>
        <QueryBoundary query={knowledge}>{() => <Skeleton h={300} />}</QueryBoundary>
      </Page>
    );
  return <Open key={patient} patient={patient} knowledge={knowledge.data} reprise={reprise} template={template} />;
}
