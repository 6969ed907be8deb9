// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useEffect } from 'react';
import { useQuery } from '@tanstack/react-query';
import { FailureAlert } from '../components/failure_alert.tsx';
import { Alert } from '../components/alert.tsx';
import { Badge } from '../components/badge.tsx';
import { Section } from '../components/section.tsx';
import { useLanguage } from '../translations/language.tsx';
import { useLongTask } from './long_task.ts';
import { gigabytes, type Backup, type State } from './state.ts';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { apiQuery } from '../data/api_query.ts';

const FOLDER = 'backup.folder';
const COMMAND = 'reprise backup /media/backup/record.db';

function Make({ folder, onMade }: { folder: string; onMade: () => Promise<unknown> }) {
  const { t } = useLanguage();
  const { task, running, failure, begin } = useLongTask<Backup>('backup');
  const made = task?.state === 'done' ? task.endedAt : undefined;
  useEffect(() => {
    if (made) void onMade();
  }, [made, onMade]);
  return (
    <Stack gap="sm" align="start">
      <p>{t('adm.backup.where', { folder })}</p>
      <Button loading={running} onClick={begin}>
        {t('adm.backup.action')}
      </Button>
      <FailureAlert failure={failure} />
      <div role="status">
        {task?.state === 'running' && <p>{t('adm.backup.running')}</p>}
        {task?.state === 'done' && task.result && (
          <Alert tone="good">
            {t('adm.backup.done', { file: task.result.file })} {t('adm.backup.key')}
          </Alert>
        )}
      </div>
      {task?.state === 'failed' && (
        <Alert tone="bad" role="alert">
          {t('adm.task.failed')} {task.problem}
        </Alert>
      )}
    </Stack>
  );
}

function BackupStatus({
  backup: { database, folder, last, overdue, warnDays },
  reload,
}: {
  backup: State['backup'];
  reload: () => Promise<unknown>;
}) {
  const { t, counted, number, moment } = useLanguage();
  if (database === 'postgresql') return <Alert tone="plain">{t('adm.over.backup.postgresql')}</Alert>;
  return (
    <Stack gap="md">
      <div>
        {last ? (
          <p>
            {overdue && (
              <>
                <Badge tone="bad">{t('adm.backup.old')}</Badge>{' '}
              </>
            )}
            {t('adm.backup.last', { when: moment(last.at), size: number(gigabytes(last.bytes) * 1024) })}
            <br />
            <code>{last.file}</code>
          </p>
        ) : (
          <Alert tone="bad">{t('adm.over.backup.never')}</Alert>
        )}
        <p className="small">{counted('adm.backup.warn', warnDays)}</p>
      </div>
      {folder === '' ? (
        <Alert tone="plain">
          {t('adm.backup.noFolder')} <code>{FOLDER}</code>
        </Alert>
      ) : (
        <Make folder={folder} onMade={reload} />
      )}
      <div>
        <p>{t('adm.backup.command')}</p>
        <p>
          <code>{COMMAND}</code>
        </p>
        <p className="small">{t('adm.backup.restore')}</p>
      </div>
      <Alert tone="careful">{t('adm.backup.key')}</Alert>
    </Stack>
  );
}

/** Shows the time of the last backup, and starts one. */
export function Backups() {
  const { t } = useLanguage();
  const query = useQuery(apiQuery<State>('administration/state'));
  return (
    <Section title={t('adm.tab.backups')}>
      <QueryBoundary query={query}>
        {({ backup }) => <BackupStatus backup={backup} reload={query.refetch} />}
      </QueryBoundary>
    </Section>
  );
}
