// SPDX-License-Identifier: Apache-2.0
import { ActionIcon, Button, NativeSelect, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Confirm } from '../components/dialog.tsx';
import { FailureAlert } from '../components/failure_alert.tsx';
import { FillingNotice } from '../components/filling_notice.tsx';
import { Icon } from '../components/icons.tsx';
import { useOutbox } from '../data/outbox.ts';
import type { Session } from '../data/api.ts';
import { LANGUAGES, useLanguage, type Key, type Language } from '../translations/language.tsx';
import { go, home, usePath } from '../hooks/route.ts';
import { Link } from '../components/link.tsx';
import { navigationOf, type Path } from './routes.tsx';
import { signOut } from '../data/session.ts';

// Patients need not wait for it.
const FindPatient = lazy(async () => ({
  default: (await import('../clinician/patients/find_patient.tsx')).FindPatient,
}));

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

/** The number of items that wait at a page, and the text that names them. */
export interface Waiting {
  count: number;
  words: Key;
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
  counts: Partial<Record<Path, Waiting>>;
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
          <Link href={role ? home(role) : '/sign-in'} className="brand">
            Reprise
          </Link>
          {role && (
            <nav aria-label={t('nav')}>
              {navigationOf(role).map(({ path: to, text }) => {
                const waiting = counts[to];
                return (
                  <Link key={text} href={to} current={to === path}>
                    {t(text)}
                    {waiting && <Count of={waiting} />}
                  </Link>
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
