import { Loader } from '@mantine/core';
import { lazy, Suspense, useEffect } from 'react';
import { InvitationPage } from '../account/invitation_page.tsx';
import { SignInPage } from '../account/sign_in_page.tsx';
import { TodayPage } from '../patient/today/today_page.tsx';
import { FailureAlert } from '../components/failure_alert.tsx';
import { Alert } from '../components/alert.tsx';
import { Proof } from '../components/proof.tsx';
import { ErrorBoundary } from '../components/error_boundary.tsx';
import { Page } from '../components/section.tsx';
import { useAttention } from '../clinical/use_attention.ts';
import { useUnread } from '../data/conversation.ts';
import { loadReadings } from '../data/education.ts';
import { setSender } from '../data/outbox.ts';
import type { Session } from '../data/api.ts';
import { engine } from '../data/engine.ts';
import { Frame, PAGES } from './frame.tsx';
import { useLanguage } from '../translations/language.tsx';
import { go, home, isRoute, routeAfterSignIn, usePath, type Route } from '../hooks/route.ts';
import { hasLapsed, loadSession, useKnownSession } from '../data/session.ts';

// What a patient's first visit need not wait for. (Written out: the bundler wants each path as it is.)
const SessionPage = lazy(async () => ({ default: (await import('../patient/session/session_page.tsx')).SessionPage }));
const AdministrationPage = lazy(async () => ({
  default: (await import('../admin/administration_page.tsx')).AdministrationPage,
}));
const AccountPage = lazy(async () => ({ default: (await import('../account/account_page.tsx')).AccountPage }));
const ChartPage = lazy(async () => ({ default: (await import('../clinician/chart/chart_page.tsx')).ChartPage }));
const BookingPage = lazy(async () => ({ default: (await import('../patient/booking/booking_page.tsx')).BookingPage }));
const CalendarPage = lazy(async () => ({
  default: (await import('../clinician/calendar/calendar_page.tsx')).CalendarPage,
}));
const EmergencyAccessPage = lazy(async () => ({
  default: (await import('../clinician/emergency_access_page.tsx')).EmergencyAccessPage,
}));
const RulesPage = lazy(async () => ({ default: (await import('../clinician/rules/rules_page.tsx')).RulesPage }));
const WorklistPage = lazy(async () => ({
  default: (await import('../clinician/worklist/worklist_page.tsx')).WorklistPage,
}));
const PatientsPage = lazy(async () => ({
  default: (await import('../clinician/patients/patients_page.tsx')).PatientsPage,
}));
const PeoplePage = lazy(async () => ({ default: (await import('../admin/people_page.tsx')).PeoplePage }));
const InboxPage = lazy(async () => ({ default: (await import('../clinician/inbox/inbox_page.tsx')).InboxPage }));
const LearnPage = lazy(async () => ({ default: (await import('../patient/learn_page.tsx')).LearnPage }));
const MessagesPage = lazy(async () => ({
  default: (await import('../patient/messages/messages_page.tsx')).MessagesPage,
}));
const ExercisePage = lazy(async () => ({
  default: (await import('../clinician/exercise/exercise_page.tsx')).ExercisePage,
}));
const NewPatientPage = lazy(async () => ({
  default: (await import('../clinician/new_patient/new_patient_page.tsx')).NewPatientPage,
}));
const ProgrammePage = lazy(async () => ({
  default: (await import('../clinician/programme/programme_page.tsx')).ProgrammePage,
}));
const ProgressPage = lazy(async () => ({
  default: (await import('../patient/progress/progress_page.tsx')).ProgressPage,
}));
const QuestionsPage = lazy(async () => ({
  default: (await import('../patient/questions/questions_page.tsx')).QuestionsPage,
}));
const RemoteMonitoringPage = lazy(async () => ({
  default: (await import('../clinician/remote_monitoring/remote_monitoring_page.tsx')).RemoteMonitoringPage,
}));
const VisitPage = lazy(async () => ({ default: (await import('../clinical/visit/visit_page.tsx')).VisitPage }));
const SettingsPage = lazy(async () => ({
  default: (await import('../patient/settings/settings_page.tsx')).SettingsPage,
}));

/** Pages that show nothing without the engine. */
const WITH_ENGINE: readonly string[] = ['/today', '/session'];
/** Then somebody who signs in has seen the form; the engine comes while the password is typed. */
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
      engine().catch(() => {
        /* whoever needs it hears of it */
      });
    }, soon);
    return () => clearTimeout(timer);
  }, [soon]);
}

/** Where somebody at this stage belongs instead; nothing: here. */
function elsewhere(path: string, { stage, account }: Session): string | undefined {
  if (!isRoute(path)) return home(account?.role);
  if (path === '/invitation') return undefined;
  if (path === '/sign-in') return stage === 'full' ? routeAfterSignIn(account?.role) : undefined;
  return stage === 'full' ? undefined : `/sign-in?next=${path}${encodeURIComponent(window.location.search)}`;
}

function RoutedPage({ route, session }: { route: Route; session: Session }) {
  const { t } = useLanguage();
  if (route === '/sign-in') return <SignInPage session={session} />;
  if (route === '/invitation') return <InvitationPage session={session} />;
  const role = session.account?.role;
  if (!PAGES.some((page) => page.route === route && role && page.roles.includes(role))) {
    return (
      <Page title={t('notForYou')}>
        <Alert tone="careful">{t('notForYou.what')}</Alert>
      </Page>
    );
  }
  if (route === '/today') return <TodayPage />;
  if (route === '/questions') return <QuestionsPage />;
  if (route === '/messages') return role === 'clinician' ? <InboxPage /> : <MessagesPage />;
  if (route === '/learn') return <LearnPage />;
  if (route === '/progress') return <ProgressPage />;
  if (route === '/settings') return <SettingsPage />;
  if (route === '/session') return <SessionPage />;
  if (route === '/people') return role === 'clinician' ? <PatientsPage /> : <PeoplePage />;
  if (route === '/worklist') return <WorklistPage />;
  if (route === '/calendar') return <CalendarPage />;
  if (route === '/book') return <BookingPage />;
  if (route === '/rules') return <RulesPage />;
  if (route === '/patient') return <ChartPage />;
  if (route === '/programme') return <ProgrammePage />;
  if (route === '/exercise') return <ExercisePage />;
  if (route === '/new-patient') return <NewPatientPage />;
  if (route === '/remote-monitoring') return <RemoteMonitoringPage />;
  if (route === '/administration') return <AdministrationPage />;
  if (route === '/visit') return <VisitPage />;
  if (route === '/emergency-access' || route === '/break-glass') return <EmergencyAccessPage />;
  return <AccountPage />;
}

export function App() {
  const { t } = useLanguage();
  const path = usePath();
  const known = useKnownSession();
  const session = known && 'session' in known ? known.session : undefined;
  const instead = session && elsewhere(path, session);
  useEffect(() => {
    void loadSession();
  }, []);
  useEngineEarly(path);
  useEffect(() => {
    if (hasLapsed() && path !== '/session' && path !== '/visit') void loadSession();
  }, [path]);
  const sender = session?.stage === 'full' && session.account?.role === 'patient' ? session.account.id : undefined;
  const token = session?.csrf;
  // A clinician's time in charts waits on the device, too.
  const clinician = session?.stage === 'full' && session.account?.role === 'clinician' ? session.account.id : undefined;
  useEffect(() => {
    setSender(sender ?? clinician);
  }, [token, sender, clinician]);
  const unread = useUnread(
    sender && session?.account?.person ? { account: sender, patient: session.account.person } : undefined,
    path,
  );
  const { urgent, waiting } = useAttention(clinician);
  useEffect(() => {
    // Only patients exercise where there may be no network. A certificate that the browser does not trust keeps it from
    // working.
    if (sender) navigator.serviceWorker?.register('/service_worker.js').catch(() => {});
    // To be read without a network, too.
    if (sender) void loadReadings(sender).catch(() => {});
  }, [sender]);
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
      {session && !instead && isRoute(path) && (
        <ErrorBoundary key={path}>
          <Suspense fallback={<Loader role="status" aria-label={t('loading')} />}>
            <RoutedPage route={path} session={session} />
          </Suspense>
        </ErrorBoundary>
      )}
    </Frame>
  );
}
