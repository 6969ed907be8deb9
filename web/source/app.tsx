import { Loader } from '@mantine/core';
import { useEffect } from 'react';
import { AccountPage } from '../features/account/account_page.tsx';
import { BreakGlassPage } from '../features/break_glass/break_glass_page.tsx';
import { InvitationPage } from '../features/invitation/invitation_page.tsx';
import { PeoplePage } from '../features/people/people_page.tsx';
import { SignInPage } from '../features/sign_in/sign_in_page.tsx';
import { FailureAlert } from '../parts/failure_alert.tsx';
import { Notice } from '../parts/mark.tsx';
import { Page } from '../parts/section.tsx';
import type { Session } from './api.ts';
import { Frame, PAGES } from './frame.tsx';
import { useLanguage } from './language.tsx';
import { go, isRoute, routeAfterSignIn, usePath, type Route } from './route.ts';
import { loadSession, useKnownSession } from './session.ts';

/** Where somebody at this stage belongs instead; nothing: here. */
function elsewhere(path: string, stage: Session['stage']): string | undefined {
  if (!isRoute(path)) return '/account';
  if (path === '/invitation') return undefined;
  if (path === '/sign-in') return stage === 'full' ? routeAfterSignIn() : undefined;
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
  if (route === '/people') return <PeoplePage />;
  if (route === '/break-glass') return <BreakGlassPage />;
  return <AccountPage />;
}

export function App() {
  const { t } = useLanguage();
  const path = usePath();
  const known = useKnownSession();
  const session = known && 'session' in known ? known.session : undefined;
  const instead = session && elsewhere(path, session.stage);
  useEffect(() => { void loadSession(); }, []);
  useEffect(() => { if (instead) go(instead, { replace: true }); }, [instead]);
  return (
    <Frame session={session}>
      {known && 'failure' in known && <FailureAlert failure={known.failure} retry={() => { void loadSession(); }} />}
      {!known && <Loader role="status" aria-label={t('loading')} />}
      {session && !instead && isRoute(path) && <Shown key={path} route={path} session={session} />}
    </Frame>
  );
}
