// SPDX-License-Identifier: Apache-2.0
import { Loader } from '@mantine/core';
import { Suspense, useEffect } from 'react';
import { FailureAlert } from '../components/failure_alert.tsx';
import { Alert } from '../components/alert.tsx';
import { Proof } from '../components/proof.tsx';
import { ErrorBoundary } from '../components/error_boundary.tsx';
import { Page } from '../components/section.tsx';
import { useAttention } from '../clinical/use_attention.ts';
import { useUnread } from '../data/conversation.ts';
import { setSender } from '../data/outbox.ts';
import type { Session } from '../data/api.ts';
import { programmeEngine } from '../data/engine.ts';
import { Frame } from './frame.tsx';
import { useKeptPages } from './kept_pages.ts';
import { addressAfterSignIn, isPath, pageAt, type Path } from './routes.tsx';
import { useLanguage } from '../translations/language.tsx';
import { go, home, usePath, useSearch } from '../hooks/route.ts';
import { hasLapsed, loadSession, useKnownSession } from '../data/session.ts';

/** Pages that show nothing without the engine. */
const WITH_ENGINE: readonly string[] = ['/today', '/session'];
/** Pages for everyone, signed in or not. */
const WITHOUT_SESSION: readonly string[] = [
  '/invitation',
  '/check',
  '/forgotten-password',
  '/new-password',
  '/components',
];
/** By then the sign-in form is on screen; the engine loads while the user types the password. */
const ENGINE_AFTER_MS = 1000;

/** Begins to load the engine before a page asks for it. */
function useEngineEarly(path: string) {
  const soon = WITH_ENGINE.includes(path)
    ? 0
    : path === '/sign-in' || path === '/invitation'
      ? ENGINE_AFTER_MS
      : undefined;
  useEffect(() => {
    if (soon === undefined) return undefined;
    const timer = setTimeout(() => {
      programmeEngine().catch(() => {
        /* the page that needs it says so */
      });
    }, soon);
    return () => clearTimeout(timer);
  }, [soon]);
}

/** Returns the address that a session of this stage is sent to; undefined: it may stay. */
function elsewhere(path: string, search: string, { stage, account }: Session): string | undefined {
  if (!isPath(path)) return home(account?.role);
  if (WITHOUT_SESSION.includes(path)) return undefined;
  if (path === '/sign-in') return stage === 'full' ? addressAfterSignIn(account?.role, search) : undefined;
  return stage === 'full' ? undefined : `/sign-in?next=${path}${encodeURIComponent(search)}`;
}

function RoutedPage({ path, search, session }: { path: Path; search: string; session: Session }) {
  const { t } = useLanguage();
  const RoutePage = pageAt(path, session.account?.role);
  if (RoutePage) return <RoutePage search={search} session={session} />;
  return (
    <Page title={t('notForYou')}>
      <Alert tone="careful">{t('notForYou.what')}</Alert>
    </Page>
  );
}

export function App() {
  const { t, permit } = useLanguage();
  const path = usePath();
  const search = useSearch();
  const known = useKnownSession();
  const session = known && 'session' in known ? known.session : undefined;
  const instead = session && elsewhere(path, search, session);
  useEffect(() => {
    void loadSession();
  }, []);
  useEngineEarly(path);
  useEffect(() => {
    if (hasLapsed() && path !== '/session' && path !== '/visit') void loadSession();
  }, [path]);
  const sender = session?.stage === 'full' && session.account?.role === 'patient' ? session.account.id : undefined;
  // A clinician's time in charts waits on the device, too.
  const clinician = session?.stage === 'full' && session.account?.role === 'clinician' ? session.account.id : undefined;
  useEffect(() => {
    setSender(sender ?? clinician);
  }, [sender, clinician]);
  useKeptPages(sender, path);
  const unread = useUnread(
    sender && session?.account?.person ? { account: sender, patient: session.account.person } : undefined,
    path,
  );
  const { urgent, waiting } = useAttention(clinician);
  const extraLanguages = session?.extraLanguages;
  const staff = session?.account !== undefined && session.account.role !== 'patient';
  useEffect(() => permit({ extra: extraLanguages, staff }), [permit, extraLanguages, staff]);
  useEffect(() => {
    if (instead) go(instead, { replace: true });
  }, [instead]);
  return (
    <Frame
      session={session}
      counts={{
        '/messages': clinician
          ? { count: waiting, words: 'inbox.waiting' }
          : { count: unread, words: 'messages.unread' },
        '/worklist': { count: urgent, words: 'work.urgent' },
      }}
    >
      {session?.account && <Proof key={session.account.id} account={session.account} />}
      {known && 'failure' in known && (
        <FailureAlert
          failure={known.failure}
          retry={() => {
            void loadSession();
          }}
        />
      )}
      {!known && <Loader role="status" aria-label={t('loading')} />}
      {session && !instead && isPath(path) && (
        <ErrorBoundary key={path}>
          <Suspense fallback={<Loader role="status" aria-label={t('loading')} />}>
            <RoutedPage path={path} search={search} session={session} />
          </Suspense>
        </ErrorBoundary>
      )}
    </Frame>
  );
}
