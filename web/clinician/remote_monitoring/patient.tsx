// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Confirm } from '../../components/dialog.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, Section } from '../../components/section.tsx';
import { useWhoWords } from '../../components/who.tsx';
import { sendTransaction } from '../../data/api.ts';
import { whoIs } from '../../fhir/people.ts';
import { useLanguage } from '../../translations/language.tsx';
import { Link } from '../../components/link.tsx';
import { addressOfChart } from '../../clinical/chart/address.ts';
import { useAccount } from '../../data/session.ts';
import { ClaimLines } from './claim_lines.tsx';
import { save } from '../../components/save_file.ts';
import { signedClaim, type About } from './forms.ts';
import { loadMonitoring, type Loaded } from './load.ts';
import { Others } from './others.tsx';
import { Plans } from './plan.tsx';
import { Standing } from './standing.tsx';
import { useMonitoringWords } from './words.ts';
import { Talks, Times } from './work.tsx';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

function Now({
  loaded: {
    counted: { windows, months, missing, uncounted, deviceSince },
  },
}: {
  loaded: Loaded;
}) {
  const { t, counted, day } = useLanguage();
  const words = useMonitoringWords();
  const [window] = windows.slice(-1);
  const [month] = months.slice(-1);
  return (
    <Section title={t('rtm.now')}>
      <dl className="meter">
        {window && (
          <div>
            <dt>{words.daysOf(window.from, window.to)}</dt>
            <dd>{counted('rtm.days', window.dataDays)}</dd>
          </div>
        )}
        {month && (
          <div>
            <dt>{words.daysOf(month.from, month.to)}</dt>
            <dd>
              {counted('rtm.minutes', month.minutes)}{' '}
              <span className="small">{counted('rtm.talks', month.interactions)}</span>
            </dd>
          </div>
        )}
        <div>
          <dt>{t('rtm.device')}</dt>
          <dd>
            {deviceSince ? (
              <span className="small">{t('rtm.device.since', { day: day(deviceSince) })}</span>
            ) : (
              <Badge tone="careful">{t('rtm.device.none')}</Badge>
            )}
          </dd>
        </div>
      </dl>
      {missing.length > 0 && (
        <>
          <p>
            <strong>{t('rtm.missing')}</strong>
          </p>
          <ul className="plain">
            {missing.map((one) => (
              <li key={`${one.row} ${one.need}`}>{words.missing(one)}</li>
            ))}
          </ul>
        </>
      )}
      {uncounted.length > 0 && (
        <Alert tone="careful">
          <p>{t('rtm.uncounted')}</p>
          <ul className="plain">
            {uncounted.map(({ why, evidence }) => (
              <li key={`${why} ${evidence}`}>
                {t(`rtm.uncounted.${why}`)}{' '}
                <span className="small">{why === 'no_rules' ? day(evidence) : evidence}</span>
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </Section>
  );
}

function Export({
  loaded: { counted },
  patient,
  onChanged,
}: {
  loaded: Loaded;
  patient: string;
  onChanged: () => Promise<unknown>;
}) {
  const { t } = useLanguage();
  const [signing, setSigning] = useState(false);
  const { claim } = counted;
  return (
    <Section title={t('rtm.export')}>
      <p className="note">{t('rtm.export.what')}</p>
      <div className="actions">
        <Button
          variant="default"
          onClick={() => save(`remote-monitoring-${patient}.csv`, 'text/csv', counted.csvHeader + counted.csv)}
        >
          {t('rtm.csv')}
        </Button>
        <Button
          variant="default"
          disabled={!claim}
          onClick={() => save(`claim-${patient}.json`, 'application/fhir+json', JSON.stringify(claim, null, 2))}
        >
          {t('rtm.claim.draft')}
        </Button>
        <Button disabled={!claim} onClick={() => setSigning(true)}>
          {t('rtm.claim.sign')}
        </Button>
      </div>
      {signing && claim && (
        <Confirm
          title={t('rtm.claim.sign')}
          text={t('rtm.claim.sign.what')}
          action={t('rtm.claim.sign')}
          onClose={() => setSigning(false)}
          onConfirm={async () => {
            await sendTransaction(signedClaim(claim, crypto.randomUUID()));
            await onChanged();
          }}
        />
      )}
    </Section>
  );
}

function MonitoringOfPatient({ loaded, reload }: { loaded: Loaded; reload: () => Promise<unknown> }) {
  const { t } = useLanguage();
  const {
    account: { person = '' },
  } = useAccount();
  const { counted } = loaded;
  const id = loaded.patient.id ?? '';
  const who = whoIs(loaded.patient);
  const { behind } = useWhoWords();
  const about: About = { patient: id, practitioner: person, simulated: counted.simulated };
  return (
    <Page
      title={who.name}
      lead={
        <>
          {t('rtm.title')} · {behind(who)}
        </>
      }
    >
      <p>
        <Link href="/remote-monitoring">{t('rtm.all')}</Link> · <Link href={addressOfChart(id)}>{t('rtm.chart')}</Link>
      </p>
      <Standing />
      {counted.monitored && <Now loaded={loaded} />}
      {!counted.monitored && <p className="none">{t('rtm.notMonitored')}</p>}
      {counted.monitored && (
        <Section title={t('rtm.lines')}>
          <ClaimLines lines={counted.lines} moments={loaded.moments} />
        </Section>
      )}
      <Plans loaded={loaded} about={about} onChanged={reload} />
      <Times times={loaded.times} about={about} onChanged={reload} />
      <Talks talks={loaded.talks} about={about} onChanged={reload} />
      <Others plans={loaded.plans} about={about} onChanged={reload} />
      {counted.monitored && <Export loaded={loaded} patient={id} onChanged={reload} />}
    </Page>
  );
}

/** One patient: each line with its evidence, and what a clinician writes down for it. */
export function MonitoredPatient({ id }: { id: string }) {
  const { t } = useLanguage();
  const {
    account: { person },
  } = useAccount();
  const query = useQuery({ queryKey: queryKeys.monitoring(id), queryFn: () => loadMonitoring(id, person) });
  if (query.data === undefined)
    return (
      <Page title={t('rtm.title')}>
        <QueryBoundary query={query}>{() => null}</QueryBoundary>
      </Page>
    );
  return (
    <QueryBoundary query={query}>
      {(loaded) => <MonitoringOfPatient loaded={loaded} reload={query.refetch} />}
    </QueryBoundary>
  );
}
