// SPDX-License-Identifier: Apache-2.0
import '../../clinical/chart/chart.css';
import { Skeleton } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Link } from '../../components/link.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, Section } from '../../components/section.tsx';
import { codeOf } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';
import { queryKeys } from '../../data/query_keys.ts';
import { Messages } from '../inbox/messages.tsx';
import { Notes } from '../notes/notes.tsx';
import { Orders } from '../orders/orders.tsx';
import { StartVisit } from '../../clinical/visit/start_button.tsx';
import { useChartTime } from '../remote_monitoring/chart_time.ts';
import { addressOf, RANGES, TABS, type Place } from '../../clinical/chart/address.ts';
import { Carers } from './carers.tsx';
import { Devices, DevicesInNeed } from './devices.tsx';
import { Goals } from './goals_section.tsx';
import { Header, useWho } from '../../clinical/chart/header.tsx';
import type { History } from '../../clinical/chart/load.ts';
import { Problems } from './problems.tsx';
import { Report } from './report.tsx';
import { Timeline } from './timeline.tsx';
import { SensedTrends, Trends } from './trends.tsx';
import { UndoNotice, useUndo } from '../../clinical/chart/undo.tsx';
import { useChart, type Chart } from '../../clinical/chart/use_chart.ts';
import { useWords } from '../../clinical/chart/words.ts';

const Assess = lazy(async () => ({ default: (await import('../assess/assess.tsx')).Assess }));
// three.js comes with it.
const Sessions = lazy(async () => ({ default: (await import('./review/sessions.tsx')).Sessions }));

function Tabs({ place }: { place: Place }) {
  const { t } = useLanguage();
  return (
    <nav className="subpages" aria-label={t('chart.tabs')}>
      {TABS.map((tab) => (
        <Link key={tab} href={addressOf({ ...place, tab })} current={tab === place.tab}>
          {t(`chart.tab.${tab}`)}
        </Link>
      ))}
    </nav>
  );
}

function Ranges({ place }: { place: Place }) {
  const { t } = useLanguage();
  return (
    <nav className="subpages" aria-label={t('chart.rangeShown')}>
      {RANGES.map((range) => (
        <Link key={range} href={addressOf({ ...place, range })} current={range === place.range}>
          {t(`chart.range.${range}`)}
        </Link>
      ))}
    </nav>
  );
}

interface ShownProps {
  chart: Chart;
  history: History;
  place: Place;
  busy: boolean;
  refuse: (error: Error) => void;
}

function ChartContent({ chart, history, place, busy, refuse }: ShownProps) {
  const { t } = useLanguage();
  const words = useWords(chart.prescription);
  const { name, said, simulated } = useWho(chart.standing);
  const { undo, ...undone } = useUndo(queryKeys.chart(place.id));
  return (
    <Page
      title={name}
      lead={
        <>
          {said} {simulated && <Badge tone="careful">{t('chart.simulated')}</Badge>}
        </>
      }
    >
      <StartVisit patient={place.id} simulated={simulated} />
      <Tabs place={place} />
      <p className="busy small" role="status">
        {busy && t('chart.busy')}
      </p>
      {place.tab === 'overview' && (
        <>
          <Header chart={chart} words={words} />
          <DevicesInNeed chart={chart} />
          <Section title={t('chart.timeline')} action={<Ranges place={place} />}>
            <Timeline chart={chart} place={place} words={words} />
          </Section>
          <Section title={t('chart.trends')}>
            <Trends chart={chart} words={words} />
          </Section>
          <SensedTrends chart={chart} />
          <Carers patient={place.id} name={name} />
          <Devices chart={chart} />
        </>
      )}
      {place.tab === 'goals' && (
        <>
          <UndoNotice {...undone} />
          <Problems chart={chart} words={words} undo={undo} />
          <Goals chart={chart} history={history} words={words} undo={undo} />
        </>
      )}
      {place.tab === 'report' && (
        <>
          <div className="unprinted">
            <Ranges place={place} />
          </div>
          <Report chart={chart} history={history} words={words} />
        </>
      )}
      {place.tab === 'notes' && <Notes chart={chart} history={history} place={place} words={words} refuse={refuse} />}
      {place.tab === 'orders' && <Orders chart={chart} words={words} refuse={refuse} />}
      {place.tab === 'messages' && <Messages patient={place.id} name={name} simulated={simulated} refuse={refuse} />}
      <Suspense fallback={<Skeleton h={260} role="status" aria-label={t('loading')} />}>
        {place.tab === 'assess' && <Assess chart={chart} words={words} />}
        {place.tab === 'sessions' && <Sessions chart={chart} place={place} words={words} refuse={refuse} />}
      </Suspense>
    </Page>
  );
}

function Open({ place }: { place: Place }) {
  const { t } = useLanguage();
  useChartTime(place.id);
  const { chart, failure, gone, busy, history, retry, refuse } = useChart(place.id, place.range);
  if (gone && failure) {
    return (
      <Page title={t('chart.title')}>
        <Alert tone="bad" role="alert">
          {t(codeOf(failure) === 'no-session' ? 'failure.no-session' : 'chart.gone')}
        </Alert>
      </Page>
    );
  }
  return (
    <div className="chart">
      <FailureAlert
        failure={failure}
        retry={() => {
          void retry();
        }}
      />
      {chart ? (
        <ChartContent chart={chart} history={history} place={place} busy={busy} refuse={refuse} />
      ) : (
        !failure && (
          <div role="status" aria-label={t('loading')}>
            <Skeleton h={28} w="30%" mb={16} />
            <Skeleton h={140} mb={16} />
            <Skeleton h={260} />
          </div>
        )
      )}
    </div>
  );
}

/** A patient's chart, for clinicians: docs/clinician/app.md. */
export function ChartPage({ place }: { place: Place | undefined }) {
  const { t } = useLanguage();
  if (!place)
    return (
      <Page title={t('chart.title')}>
        <Alert tone="careful">{t('chart.whom')}</Alert>
      </Page>
    );
  return <Open key={place.id} place={place} />;
}
