// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Confirm } from './dialog.tsx';
import { FailureAlert } from './failure_alert.tsx';
import { Badge } from './badge.tsx';
import { Section } from './section.tsx';
import { ask, type OpenSession } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { QueryBoundary } from './query_boundary.tsx';
import { apiQuery } from '../data/api_query.ts';

/** Returns "Firefox, Android" from a browser's User-Agent header; undefined if neither is known. */
function deviceOf(userAgent: string): string | undefined {
  const browser = /(Firefox|Edg|OPR|Chrome|Safari)/.exec(userAgent.replace(/Chrome(?=.*(Edg|OPR)\/)/, ''))?.[1];
  const system = /(Android|iPhone|iPad|Windows|Mac OS X|CrOS|Linux)/.exec(userAgent)?.[1];
  const known: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS', CrOS: 'ChromeOS' };
  const parts = [browser, system].flatMap((part) => (part ? [known[part] ?? part] : []));
  return parts.length > 0 ? parts.join(', ') : undefined;
}

const sessionsQuery = apiQuery<{ sessions: OpenSession[] }>('sessions');

function SessionRow({ session }: { session: OpenSession }) {
  const { t, moment } = useLanguage();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => ask('DELETE', `sessions/${session.id}`),
    onSuccess: () => client.invalidateQueries(sessionsQuery),
  });
  const device = deviceOf(session.userAgent) ?? t('sessions.unknown');
  return (
    <li className="row">
      <div>
        <strong>{device}</strong> {session.current && <Badge tone="good">{t('sessions.this')}</Badge>}
        <p className="small">
          {session.address} · {t('sessions.when', { since: moment(session.createdAt), seen: moment(session.seenAt) })}
        </p>
        {session.stays && <p className="small">{t('sessions.stays', { until: moment(session.endsAt) })}</p>}
        <FailureAlert failure={error} />
      </div>
      {!session.current && (
        <Button
          variant="default"
          size="sm"
          loading={isPending}
          onClick={() => mutate()}
          aria-label={t('sessions.end.of', { device })}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}

export function SessionsSection() {
  const { t } = useLanguage();
  const client = useQueryClient();
  const query = useQuery(sessionsQuery);
  const [ending, setEnding] = useState(false);
  const endOthers = async () => {
    await ask('DELETE', 'sessions');
    await client.invalidateQueries(sessionsQuery);
  };
  const others = query.data?.sessions.some(({ current }) => !current);
  return (
    <Section
      title={t('sessions.title')}
      action={
        others && (
          <Button variant="default" onClick={() => setEnding(true)}>
            {t('sessions.endOthers')}
          </Button>
        )
      }
    >
      <QueryBoundary query={query}>
        {({ sessions }) => (
          <>
            {sessions.some(({ stays }) => stays) && <p className="note">{t('sessions.lock')}</p>}
            <ul className="rows" aria-live="polite">
              {sessions.map((session) => (
                <SessionRow key={session.id} session={session} />
              ))}
            </ul>
          </>
        )}
      </QueryBoundary>
      {ending && (
        <Confirm
          title={t('sessions.endOthers')}
          text={t('sessions.endOthers.what')}
          action={t('sessions.endOthers')}
          onClose={() => setEnding(false)}
          onConfirm={endOthers}
        />
      )}
    </Section>
  );
}
