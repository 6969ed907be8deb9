import { Loader } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { AccountPage } from '../features/account/account_page.tsx';
import { BreakGlassPage } from '../features/break_glass/break_glass_page.tsx';
import { InvitationPage } from '../features/invitation/invitation_page.tsx';
import { PeoplePage } from '../features/people/people_page.tsx';
import { SignInPage } from '../features/sign_in/sign_in_page.tsx';
import { ProgressPage } from '../features/progress/progress_page.tsx';
import { SettingsPage } from '../features/settings/settings_page.tsx';
import { TodayPage } from '../features/today/today_page.tsx';
import { FailureAlert } from '../parts/failure_alert.tsx';
import { Notice } from '../parts/mark.tsx';
import { Mishap } from '../parts/mishap.tsx';
import { Page } from '../parts/section.tsx';
import { setSender } from '../record/outbox.ts';
import type { Session } from './api.ts';
import { Frame, PAGES } from './frame.tsx';
import { useLanguage } from './language.tsx';
import { go, home, isRoute, routeAfterSignIn, usePath, type Route } from './route.ts';
import { hasLapsed, loadSession, useKnownSession } from './session.ts';

// With the coach; whoever only reads what is to be done need not load it.
const SessionPage = lazy(async () => ({ default: (await import('../features/session/session_page.tsx')).SessionPage }));

/** Where somebody at this stage belongs instead; nothing: here. */
function elsewhere(path: string, { stage, account }: Session): string | undefined {
  if (!isRoute(path)) return home(account?.role);
  if (path === '/invitation') return undefined;
  if (path === '/sign-in') return stage === 'full' ? routeAfterSignIn(account?.role) : undefined;
  return stage === 'full' ? undefined : `/sign-in?next=${path}`;
}

function Shown({ route, session }: { route: Route; session: Session }) {
  const { t } = useLanguage();
  if (route === '/sign-in') return <SignInPage session={session} />;
  if (route === '/invitation') return <InvitationPage session={session} />;
  const role = session.account?.role;
  if (!PAGES.some((page) => page.route === route && role && page.roles.includes(role))) {
    return <Page title={t('notForYou')}><Notice tone="careful">{t('notForYou.what')}</Notice></Page>;
  }
  if (route === '/today') return <TodayPage />;
  if (route === '/progress') return <ProgressPage />;
  if (route === '/settings') return <SettingsPage />;
  if (route === '/session') return <SessionPage />;
  if (route === '/people') return <PeoplePage />;
  if (route === '/break-glass') return <BreakGlassPage />;
  return <AccountPage />;
}

export function App() {
  const { t } = useLanguage();
  const path = usePath();
  const known = useKnownSession();
  const session = known && 'session' in known ? known.session : undefined;
  const instead = session && elsewhere(path, session);
  useEffect(() => { void loadSession(); }, []);
  useEffect(() => { if (hasLapsed() && path !== '/session') void loadSession(); }, [path]);
  const sender = session?.stage === 'full' && session.account?.role === 'patient' ? session.account.id : undefined;
  useEffect(() => { setSender(sender); }, [session, sender]);
  useEffect(() => {
    // Only patients exercise where there may be no network. A certificate that the browser does not trust keeps it from working.
    if (sender) navigator.serviceWorker?.register('/service_worker.js').catch(() => {});
  }, [sender]);
  useEffect(() => { if (instead) go(instead, { replace: true }); }, [instead]);
  return (
    <Frame session={session}>
      {known && 'failure' in known && <FailureAlert failure={known.failure} retry={() => { void loadSession(); }} />}
      {!known && <Loader role="status" aria-label={t('loading')} />}
      {session && !instead && isRoute(path) && (
        <Mishap key={path}>
          <Suspense fallback={<Loader role="status" aria-label={t('loading')} />}><Shown route={path} session={session} /></Suspense>
        </Mishap>
      )}
    </Frame>
  );
}
