// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Badge } from '../components/badge.tsx';
import { Section } from '../components/section.tsx';
import { useLanguage } from '../translations/language.tsx';
import { addressOf, addressOfPeople } from './address.ts';
import { endsSoon, gigabytes, isFull, type State } from './state.ts';
import { Link } from '../components/link.tsx';
import { QueryBoundary } from '../components/query_boundary.tsx';
import { apiQuery } from '../data/api_query.ts';

type Tone = 'good' | 'careful' | 'bad';
interface Matter {
  key: string;
  tone: Tone;
  text: ReactNode;
  to?: { address: string; label: string };
}

function useMatters() {
  const { t, counted, number, moment } = useLanguage();
  return (state: State, requests: number): Matter[] => {
    const { people, log, backup, mail, certificate, disk } = state;
    const waiting = people.withoutPassword - people.invited;
    const page = (tab: Parameters<typeof addressOf>[0]) => ({ address: addressOf(tab), label: t(`adm.tab.${tab}`) });
    const accounts = (...of: Parameters<typeof addressOfPeople>) => ({
      address: addressOfPeople(...of),
      label: t('nav.people'),
    });
    return [
      {
        key: 'erasure',
        tone: requests > 0 ? 'bad' : 'good',
        text: requests > 0 ? counted('adm.over.erasure', requests) : t('adm.over.erasure.none'),
        to: page('erasure'),
      },
      {
        key: 'factor',
        tone: people.withoutSecondFactor > 0 ? 'careful' : 'good',
        text:
          people.withoutSecondFactor > 0
            ? counted('adm.over.factor', people.withoutSecondFactor)
            : t('adm.over.factor.none'),
        to: accounts('no-second-factor'),
      },
      ...(people.invited > 0
        ? [
            {
              key: 'invited',
              tone: 'good' as const,
              text: counted('adm.over.invited', people.invited),
              to: accounts('invited'),
            },
          ]
        : []),
      ...(waiting > 0
        ? [
            {
              key: 'waiting',
              tone: 'careful' as const,
              text: counted('adm.over.notInvited', waiting),
              to: accounts('not-invited'),
            },
          ]
        : []),
      {
        key: 'backup',
        tone: backup.overdue ? 'bad' : 'good',
        to: page('backups'),
        text:
          backup.database === 'postgresql'
            ? t('adm.over.backup.postgresql')
            : backup.last
              ? t(backup.overdue ? 'adm.over.backup.old' : 'adm.over.backup', { when: moment(backup.last.at) })
              : t('adm.over.backup.never'),
      },
      {
        key: 'log',
        tone: log.head ? 'good' : 'careful',
        text: log.head
          ? t('adm.over.log', { entries: number(log.entries), when: moment(log.head.at) })
          : t('adm.over.log.noHead', { entries: number(log.entries) }),
        to: page('log'),
      },
      ...(log.forwarding
        ? [
            {
              key: 'forwarding',
              tone: (log.forwarding.failingSince ? 'bad' : 'good') as Tone,
              to: page('settings'),
              text: log.forwarding.failingSince
                ? t('adm.over.forwarding.failing', {
                    when: moment(log.forwarding.failingSince),
                    why: log.forwarding.why ?? '',
                  })
                : t('adm.over.forwarding', { entries: number(log.forwarding.sequence) }),
            },
          ]
        : []),
      {
        key: 'mail',
        tone: mail.tried > 0 ? 'bad' : mail.server ? 'good' : 'careful',
        text:
          mail.tried > 0
            ? counted('adm.over.mail.tried', mail.tried)
            : t(mail.server ? 'adm.over.mail' : 'adm.over.mail.none'),
        to: page('settings'),
      },
      ...(certificate
        ? [
            {
              key: 'certificate',
              tone: (endsSoon(certificate, Date.now()) ? 'bad' : 'good') as Tone,
              to: page('settings'),
              text:
                certificate.problem ??
                t(certificate.own ? 'adm.over.certificate.own' : 'adm.over.certificate', {
                  when: certificate.until ? moment(certificate.until) : '',
                }),
            },
          ]
        : []),
      ...(disk
        ? [
            {
              key: 'disk',
              tone: (isFull(disk) ? 'bad' : 'good') as Tone,
              text: t(isFull(disk) ? 'adm.over.disk.full' : 'adm.over.disk', {
                free: number(gigabytes(disk.free)),
                all: number(gigabytes(disk.all)),
              }),
            },
          ]
        : []),
    ];
  };
}

const ORDER: readonly Tone[] = ['bad', 'careful', 'good'];

function Matters({ state, requests }: { state: State; requests: number }) {
  const { t, moment } = useLanguage();
  const matters = useMatters()(state, requests).sort((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone));
  return (
    <>
      <ul className="rows">
        {matters.map(({ key, tone, text, to }) => (
          <li key={key} className="row">
            <span>
              <Badge tone={tone}>{t(`adm.over.tone.${tone}`)}</Badge> <span>{text}</span>
            </span>
            {to && (
              <span className="end">
                <Link href={to.address}>{to.label}</Link>
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="small after">{t('adm.over.version', { version: state.version, when: moment(state.startedAt) })}</p>
    </>
  );
}

/** Shows the problems that need an administrator, the worst first. */
export function Overview() {
  const { t } = useLanguage();
  const state = useQuery(apiQuery<State>('administration/state'));
  const requests = useQuery(apiQuery<{ requests: unknown[] }>('erasure'));
  const both = state.data && requests.data && { state: state.data, requests: requests.data.requests.length };
  return (
    <Section title={t('adm.over.title')}>
      <QueryBoundary
        query={{
          data: both,
          error: state.error ?? requests.error,
          refetch: () => Promise.all([state.refetch(), requests.refetch()]),
        }}
      >
        {(all) => <Matters {...all} />}
      </QueryBoundary>
    </Section>
  );
}
