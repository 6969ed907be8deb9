// SPDX-License-Identifier: Apache-2.0
import { lazy, Suspense, type ReactNode } from 'react';
import { LanguageChoice, LanguageNotice, ThemeChoice } from '../components/appearance.tsx';
import { FillingNotice } from '../components/filling_notice.tsx';
import { Link } from '../components/link.tsx';
import { SignOut } from '../components/sign_out.tsx';
import type { Role, Session } from '../data/api.ts';
import { Icon } from '../design/icons.tsx';
import { home, usePath } from '../hooks/route.ts';
import { HelpingLine } from '../patient/carers/helping_line.tsx';
import { useLanguage, type Key } from '../translations/language.tsx';
import { isActivity, navigationOf, type Path } from './routes.tsx';

// Patients need not wait for it.
const FindPatient = lazy(async () => ({
  default: (await import('../clinician/patients/find_patient.tsx')).FindPatient,
}));

/** The number of items that wait at a page, and the text that names them. */
export interface Waiting {
  count: number;
  words: Key;
}
type Counts = Partial<Record<Path, Waiting>>;

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

/** The pages of a role; for patients with icons, on a phone at its lower edge, where a thumb is. */
function Navigation({ role, counts }: { role: Role; counts: Counts }) {
  const { t } = useLanguage();
  const path = usePath();
  return (
    <nav aria-label={t('nav')} className={role === 'patient' ? 'tabs' : undefined}>
      {navigationOf(role).map(({ path: to, text, icon }) => {
        const waiting = counts[to];
        return (
          <Link key={text} href={to} current={to === path}>
            {icon && <Icon name={icon} />}
            {t(text)}
            {waiting && <Count of={waiting} />}
          </Link>
        );
      })}
    </nav>
  );
}

/** In an exercise or a test there is one way: out. */
function WayOut() {
  const { t } = useLanguage();
  return (
    <Link href="/today" className="way-out">
      <Icon name="close" />
      {t('session.toToday')}
    </Link>
  );
}

function Bar({ role, counts }: { role: Role | undefined; counts: Counts }) {
  const patient = role === 'patient';
  const busy = isActivity(usePath()) && patient;
  return (
    <div className="bar">
      {busy ? (
        <WayOut />
      ) : (
        <>
          <Link href={role ? home(role) : '/sign-in'} className="brand">
            Reprise
          </Link>
          {role && <Navigation role={role} counts={counts} />}
        </>
      )}
      {role === 'clinician' && (
        <Suspense fallback={<div className="find" />}>
          <FindPatient />
        </Suspense>
      )}
      {/* A patient's are under More. */}
      {!patient && (
        <div className="choices">
          <LanguageChoice />
          <ThemeChoice />
          {role && <SignOut />}
        </div>
      )}
    </div>
  );
}

/** Surrounds every page: navigation, and for all but patients language, theme, signing out. */
export function Frame({
  session,
  counts,
  children,
}: {
  session: Session | undefined;
  counts: Counts;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  const role = session?.stage === 'full' ? session.account?.role : undefined;
  return (
    <div className="frame">
      <a href="#content" className="skip">
        {t('skip')}
      </a>
      <header>
        <Bar role={role} counts={counts} />
      </header>
      <main id="content" tabIndex={-1}>
        {session?.stage === 'full' && session.account?.carer && <HelpingLine />}
        {session?.filling && <FillingNotice filling={session.filling} />}
        {children}
      </main>
      <footer>
        <LanguageNotice />
        <p>{t('footer')}</p>
      </footer>
    </div>
  );
}
