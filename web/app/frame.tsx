import { ActionIcon, Button, NativeSelect, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { lazy, Suspense, useState, type MouseEvent, type ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Confirm } from '../components/dialog.tsx';
import { FailureAlert } from '../components/failure_alert.tsx';
import { FillingNotice } from '../components/filling_notice.tsx';
import { Icon } from '../components/icons.tsx';
import { useOutbox } from '../data/outbox.ts';
import type { Role, Session } from '../data/api.ts';
import { LANGUAGES, useLanguage, type CountedKey, type Key, type Language } from '../translations/language.tsx';
import { go, home, usePath, type Route } from '../hooks/route.ts';
import { signOut } from '../data/session.ts';

// Patients need not wait for it.
const FindPatient = lazy(async () => ({
  default: (await import('../clinician/patients/find_patient.tsx')).FindPatient,
}));

/** Without a text: not in the navigation. */
export const PAGES: readonly { route: Route; text?: Key; roles: readonly Role[] }[] = [
  { route: '/today', text: 'nav.today', roles: ['patient'] },
  { route: '/session', roles: ['patient'] },
  { route: '/questions', roles: ['patient'] },
  { route: '/messages', text: 'nav.messages', roles: ['patient'] },
  { route: '/learn', text: 'nav.learn', roles: ['patient'] },
  { route: '/progress', text: 'nav.progress', roles: ['patient'] },
  { route: '/settings', text: 'nav.settings', roles: ['patient'] },
  // Five are as many as a phone has room for: patients come to it from the settings.
  { route: '/account', roles: ['patient'] },
  { route: '/book', roles: ['patient'] },
  { route: '/visit', roles: ['patient', 'clinician'] },
  { route: '/worklist', text: 'nav.worklist', roles: ['clinician'] },
  { route: '/calendar', text: 'nav.calendar', roles: ['clinician'] },
  { route: '/messages', text: 'nav.messages', roles: ['clinician'] },
  { route: '/administration', text: 'adm.nav', roles: ['administrator'] },
  { route: '/people', text: 'nav.people', roles: ['administrator'] },
  { route: '/people', text: 'nav.patients', roles: ['clinician'] },
  { route: '/patient', roles: ['clinician'] },
  { route: '/programme', roles: ['clinician'] },
  { route: '/exercise', roles: ['clinician', 'administrator'] },
  { route: '/new-patient', roles: ['clinician'] },
  { route: '/rules', roles: ['clinician', 'administrator'] },
  { route: '/remote-monitoring', text: 'rtm.nav', roles: ['clinician', 'administrator'] },
  { route: '/emergency-access', text: 'nav.emergencyAccess', roles: ['clinician'] },
  { route: '/account', text: 'nav.account', roles: ['clinician', 'administrator'] },
];

function Link({
  to,
  children,
  current = false,
  className,
}: {
  to: Route;
  children: ReactNode;
  current?: boolean;
  className?: string;
}) {
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} onClick={follow} className={className} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  );
}

function Choices() {
  const { t, language, choose } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  return (
    <>
      <NativeSelect
        className="language"
        size="sm"
        aria-label={t('language')}
        value={language}
        data={LANGUAGES.map((one) => ({ ...one }))}
        onChange={(event) => choose(event.currentTarget.value as Language)}
      />
      <ActionIcon
        variant="default"
        size={36}
        aria-label={t(`theme.${other}`)}
        title={t(`theme.${other}`)}
        onClick={() => setColorScheme(other)}
      >
        <Icon name={other === 'dark' ? 'moon' : 'sun'} />
      </ActionIcon>
    </>
  );
}

/** How much waits at a page, and what that is called. */
export interface Waiting {
  count: number;
  words: CountedKey;
}

function Count({ of: { count, words } }: { of: Waiting }) {
  const { counted } = useLanguage();
  return (
    count > 0 && (
      <span className="unread">
        <span aria-hidden="true">{count}</span>
        <span className="hidden"> {counted(words, count)}</span>
      </span>
    )
  );
}

/** Surrounds every page: navigation, language, theme, signing out. */
export function Frame({
  session,
  counts,
  children,
}: {
  session: Session | undefined;
  counts: Partial<Record<Route, Waiting>>;
  children: ReactNode;
}) {
  const { t, counted } = useLanguage();
  const path = usePath();
  const role = session?.stage === 'full' ? session.account?.role : undefined;
  const { waiting } = useOutbox();
  const [asking, setAsking] = useState(false);
  const leaveNow = async () => {
    await signOut();
    go('/sign-in');
  };
  const leaving = useMutation({ mutationFn: leaveNow });
  const leave = () => {
    if (waiting.length > 0) setAsking(true);
    else leaving.mutate();
  };
  return (
    <div className="frame">
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <header>
        <div className="bar">
          <Link to={role ? home(role) : '/sign-in'} className="brand">
            Reprise
          </Link>
          {role && (
            <nav aria-label={t('nav')}>
              {PAGES.map(({ route, text, roles }) => {
                const waiting = counts[route];
                return (
                  text &&
                  roles.includes(role) && (
                    <Link key={text} to={route} current={route === path}>
                      {t(text)}
                      {waiting && <Count of={waiting} />}
                    </Link>
                  )
                );
              })}
            </nav>
          )}
          {role === 'clinician' && (
            <Suspense fallback={<div className="find" />}>
              <FindPatient />
            </Suspense>
          )}
          <div className="choices">
            <Choices />
            {role && (
              <Button
                className="leave"
                variant="default"
                loading={leaving.isPending}
                onClick={leave}
                leftSection={<Icon name="leave" />}
              >
                <span className="text">{t('signOut')}</span>
              </Button>
            )}
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1}>
        <FailureAlert failure={leaving.error} />
        {session?.filling && <FillingNotice filling={session.filling} />}
        {asking && (
          <Confirm
            title={t('signOut')}
            text={counted('signOut.waiting', waiting.length)}
            action={t('signOut')}
            onClose={() => setAsking(false)}
            onConfirm={leaveNow}
          />
        )}
        {children}
      </main>
      <footer>
        <p>{t('footer')}</p>
      </footer>
    </div>
  );
}
