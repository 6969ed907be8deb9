// SPDX-License-Identifier: Apache-2.0
import { Loader } from '@mantine/core';
import { Alert } from '../components/alert.tsx';
import { Badge, type Tone } from '../components/badge.tsx';
import { ErrorBoundary } from '../components/error_boundary.tsx';
import { FailureAlert } from '../components/failure_alert.tsx';
import { FillingNotice } from '../components/filling_notice.tsx';
import { Numbers } from '../components/numbers.tsx';
import { StatusOf } from '../components/outbox_status.tsx';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { Failure } from '../data/api.ts';
import type { OutboxState } from '../data/outbox.ts';
import type { Unsent } from '../data/local_store.ts';
import { useLanguage } from '../translations/language.tsx';
import { LONG_TEXT } from './sample.ts';
import { Example, Group } from './example.tsx';

const TONES: readonly Tone[] = ['good', 'careful', 'bad', 'plain'];
const FAILURE = new Failure('unreachable');
const WAITING = { id: 'sample', account: 'sample', madeAt: 0 } as unknown as Unsent;
const NONE: OutboxState = { waiting: [], known: true, sending: false, fleeting: false };
const OUTBOXES: readonly (readonly [state: string, outbox: OutboxState])[] = [
  ['all is sent', NONE],
  ['waits', { ...NONE, waiting: [WAITING], failure: FAILURE }],
  ['busy', { ...NONE, waiting: [WAITING], sending: true }],
  ['cannot keep it', { ...NONE, waiting: [WAITING], fleeting: true }],
  ['refused', { ...NONE, waiting: [{ ...WAITING, refused: 'invalid' } as unknown as Unsent] }],
];
const again = () => Promise.resolve();

function Loading() {
  const { t } = useLanguage();
  const query = { data: undefined, error: null, refetch: again };
  return (
    <>
      <Example of="Loader" state="a page loads">
        <Loader role="status" aria-label={t('loading')} />
      </Example>
      <Example of="QueryBoundary" state="loads">
        <QueryBoundary query={query}>{() => null}</QueryBoundary>
      </Example>
      <Example of="QueryBoundary" state="failed">
        <QueryBoundary query={{ ...query, error: FAILURE }}>{() => null}</QueryBoundary>
      </Example>
      <Example of="QueryBoundary" state="failed, and keeps what it had">
        <QueryBoundary query={{ ...query, data: t('progress.done'), error: FAILURE }} keepsData>
          {(words) => <p>{words}</p>}
        </QueryBoundary>
      </Example>
      <Example of="QueryBoundary" state="is empty">
        <QueryBoundary query={{ ...query, data: [] }}>
          {() => <p className="none">{t('emergency.none')}</p>}
        </QueryBoundary>
      </Example>
      <Example of="ErrorBoundary" state="nothing broke">
        <ErrorBoundary>
          <p>{t('progress.done')}</p>
        </ErrorBoundary>
      </Example>
    </>
  );
}

export function Notices() {
  const { t } = useLanguage();
  return (
    <Group id="notices" title="Notices, failures, waiting">
      {TONES.map((tone) => (
        <Example key={tone} of="Alert" state={tone}>
          <Alert tone={tone}>{t('sending.later')}</Alert>
        </Example>
      ))}
      <Example of="Alert" state="with a long text">
        <Alert tone="careful">{LONG_TEXT}</Alert>
      </Example>
      <Example of="Badge" state="in each tone">
        <div className="actions">
          {TONES.map((tone) => (
            <Badge key={tone} tone={tone}>
              {t('today.done')}
            </Badge>
          ))}
          <Badge tone="plain">{LONG_TEXT}</Badge>
        </div>
      </Example>
      <Example of="FailureAlert" state="may be tried again">
        <FailureAlert failure={FAILURE} retry={() => {}} />
      </Example>
      <Example of="FailureAlert" state="waited until it may be tried again">
        <FailureAlert failure={new Failure('wait')} />
      </Example>
      {OUTBOXES.map(([state, outbox]) => (
        <Example key={state} of="OutboxStatus" state={state} still>
          <StatusOf outbox={outbox} />
        </Example>
      ))}
      <Example of="FillingNotice" state="of a demonstration that begins">
        <FillingNotice filling={{ patients: 3, of: 60 }} />
      </Example>
      <Example of="Numbers" state="known">
        <Numbers clinic={{ name: 'Sample Clinic', phone: '+1 202 555 0143' }} emergencyNumber="112" />
      </Example>
      <Example of="Numbers" state="unknown">
        <Numbers clinic={{ name: null, phone: null }} emergencyNumber={null} />
      </Example>
      <Loading />
    </Group>
  );
}
