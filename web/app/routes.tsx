// SPDX-License-Identifier: Apache-2.0
// The one table of the pages' addresses: roles, code, search parameters, place in the navigation.
import { lazy, useMemo, type ComponentType } from 'react';
import { ForgottenPasswordPage } from '../account/forgotten_password_page.tsx';
import { InvitationPage } from '../account/invitation_page.tsx';
import { NewPasswordPage } from '../account/new_password_page.tsx';
import { SignInPage } from '../account/sign_in_page.tsx';
import { peoplePlaceIn, placeIn as administrationPlaceIn } from '../admin/address.ts';
import { placeIn as chartPlaceIn } from '../clinical/chart/address.ts';
import { placeIn as visitPlaceIn } from '../clinical/visit/address.ts';
import { placeIn as calendarPlaceIn } from '../clinician/calendar/address.ts';
import { placeIn as programmePlaceIn } from '../clinician/programme/address.ts';
import { placeIn as monitoringPlaceIn } from '../clinician/remote_monitoring/address.ts';
import { placeIn as bookingPlaceIn } from '../patient/booking/address.ts';
import { placeIn as balancePlaceIn } from '../patient/balance/address.ts';
import { placeIn as endurancePlaceIn } from '../patient/endurance/address.ts';
import { placeIn as phoneTestPlaceIn } from '../patient/phone_test/address.ts';
import { placeIn as sessionPlaceIn } from '../patient/session/address.ts';
import { TodayPage } from '../patient/today/today_page.tsx';
import type { Role, Session } from '../data/api.ts';
import type { IconName } from '../design/icons.tsx';
import { home } from '../hooks/route.ts';
import { searchParser } from '../hooks/search_params.ts';
import type { Key } from '../translations/language.tsx';

interface PageProps {
  session: Session;
  /** "?id=17" */
  search: string;
}

interface Route {
  path: string;
  /** Undefined: any user, also without signing in. */
  roles?: readonly Role[];
  /** The page's name in the navigation; undefined: it is not there. */
  text?: Key;
  icon?: IconName;
  /** An exercise, a test, questions: while it lasts there is no navigation, only a way out. */
  activity?: true;
  Page: ComponentType<PageProps>;
}

/** Loads a page's code when it is first shown: a patient's first visit need not wait for it. */
const page = (load: () => Promise<ComponentType>) => lazy(async () => ({ default: await load() }));

/** Does so for a page whose properties are its search parameters. */
function pageWith<Props extends object>(parse: (search: string) => Props, load: () => Promise<ComponentType<Props>>) {
  const Loaded: ComponentType<Props> = lazy(async () => ({ default: await load() }));
  return function Page({ search }: PageProps) {
    const params = useMemo(() => parse(search), [search]);
    return <Loaded {...params} />;
  };
}

const AccountPage = page(async () => (await import('../account/account_page.tsx')).AccountPage);
const NewPhonePage = page(async () => (await import('../account/new_phone/new_phone_page.tsx')).NewPhonePage);
const EmergencyAccessPage = page(
  async () => (await import('../clinician/emergency_access_page.tsx')).EmergencyAccessPage,
);

/** Without an account, too. */
const CheckPage: ComponentType<PageProps> = lazy(async () => ({
  default: (await import('../patient/self_check/check_page.tsx')).CheckPage,
}));

/** Of the demonstration: a clinic's server does not answer there. */
const GalleryPage: ComponentType<PageProps> = lazy(async () => ({
  default: (await import('../gallery/gallery_page.tsx')).GalleryPage,
}));

// web/build.mjs reads the paths here.
const TABLE = [
  { path: '/sign-in', Page: SignInPage },
  { path: '/invitation', Page: InvitationPage },
  { path: '/forgotten-password', Page: ForgottenPasswordPage },
  { path: '/new-password', Page: NewPasswordPage },
  { path: '/check', activity: true, Page: CheckPage },
  { path: '/components', Page: GalleryPage },
  { path: '/today', text: 'nav.today', icon: 'today', roles: ['patient'], Page: TodayPage },
  {
    path: '/session',
    activity: true,
    roles: ['patient'],
    Page: pageWith(sessionPlaceIn, async () => (await import('../patient/session/session_page.tsx')).SessionPage),
  },
  {
    path: '/phone-test',
    activity: true,
    roles: ['patient'],
    Page: pageWith(
      phoneTestPlaceIn,
      async () => (await import('../patient/phone_test/phone_test_page.tsx')).PhoneTestPage,
    ),
  },
  {
    path: '/load-walk',
    activity: true,
    roles: ['patient'],
    Page: page(async () => (await import('../patient/load_walk/load_walk_page.tsx')).LoadWalkPage),
  },
  {
    path: '/endurance',
    activity: true,
    roles: ['patient'],
    Page: pageWith(
      endurancePlaceIn,
      async () => (await import('../patient/endurance/endurance_page.tsx')).EndurancePage,
    ),
  },
  {
    path: '/balance',
    activity: true,
    roles: ['patient'],
    Page: pageWith(balancePlaceIn, async () => (await import('../patient/balance/balance_page.tsx')).BalancePage),
  },
  {
    path: '/questions',
    activity: true,
    roles: ['patient'],
    Page: page(async () => (await import('../patient/questions/questions_page.tsx')).QuestionsPage),
  },
  {
    path: '/progress',
    text: 'nav.progress',
    icon: 'progress',
    roles: ['patient'],
    Page: page(async () => (await import('../patient/progress/progress_page.tsx')).ProgressPage),
  },
  {
    path: '/messages',
    text: 'nav.messages',
    icon: 'messages',
    roles: ['patient'],
    Page: page(async () => (await import('../patient/messages/messages_page.tsx')).MessagesPage),
  },
  {
    path: '/learn',
    text: 'nav.learn',
    icon: 'learn',
    roles: ['patient'],
    Page: page(async () => (await import('../patient/learn/learn_page.tsx')).LearnPage),
  },
  {
    path: '/settings',
    text: 'nav.settings',
    icon: 'more',
    roles: ['patient'],
    Page: page(async () => (await import('../patient/settings/settings_page.tsx')).SettingsPage),
  },
  {
    path: '/reminders',
    roles: ['patient'],
    Page: page(async () => (await import('../patient/reminders/reminders_page.tsx')).RemindersPage),
  },
  // A phone has room for five: patients open their account from the settings.
  { path: '/account', roles: ['patient'], Page: AccountPage },
  { path: '/new-phone', roles: ['patient', 'clinician', 'administrator'], Page: NewPhonePage },
  {
    path: '/book',
    roles: ['patient'],
    Page: pageWith(
      (search) => ({ link: bookingPlaceIn(search) }),
      async () => (await import('../patient/booking/booking_page.tsx')).BookingPage,
    ),
  },
  {
    path: '/visit',
    roles: ['patient', 'clinician'],
    Page: pageWith(visitPlaceIn, async () => (await import('../clinical/visit/visit_page.tsx')).VisitPage),
  },
  {
    path: '/worklist',
    text: 'nav.worklist',
    roles: ['clinician'],
    Page: page(async () => (await import('../clinician/worklist/worklist_page.tsx')).WorklistPage),
  },
  {
    path: '/calendar',
    text: 'nav.calendar',
    roles: ['clinician'],
    Page: pageWith(
      (search) => ({ place: calendarPlaceIn(search) }),
      async () => (await import('../clinician/calendar/calendar_page.tsx')).CalendarPage,
    ),
  },
  {
    path: '/messages',
    text: 'nav.messages',
    roles: ['clinician'],
    Page: page(async () => (await import('../clinician/inbox/inbox_page.tsx')).InboxPage),
  },
  {
    path: '/administration',
    text: 'adm.nav',
    roles: ['administrator'],
    Page: pageWith(
      administrationPlaceIn,
      async () => (await import('../admin/administration_page.tsx')).AdministrationPage,
    ),
  },
  {
    path: '/people',
    text: 'nav.people',
    roles: ['administrator'],
    Page: pageWith(peoplePlaceIn, async () => (await import('../admin/people_page.tsx')).PeoplePage),
  },
  {
    path: '/people',
    text: 'nav.patients',
    roles: ['clinician'],
    Page: page(async () => (await import('../clinician/patients/patients_page.tsx')).PatientsPage),
  },
  {
    path: '/patient',
    roles: ['clinician'],
    Page: pageWith(
      (search) => ({ place: chartPlaceIn(search) }),
      async () => (await import('../clinician/chart/chart_page.tsx')).ChartPage,
    ),
  },
  {
    path: '/programme',
    roles: ['clinician'],
    Page: pageWith(
      programmePlaceIn,
      async () => (await import('../clinician/programme/programme_page.tsx')).ProgrammePage,
    ),
  },
  {
    path: '/exercise',
    roles: ['clinician', 'administrator'],
    Page: page(async () => (await import('../clinician/exercise/exercise_page.tsx')).ExercisePage),
  },
  {
    path: '/new-patient',
    roles: ['clinician'],
    Page: page(async () => (await import('../clinician/new_patient/new_patient_page.tsx')).NewPatientPage),
  },
  {
    path: '/rules',
    roles: ['clinician', 'administrator'],
    Page: page(async () => (await import('../clinician/rules/rules_page.tsx')).RulesPage),
  },
  {
    path: '/remote-monitoring',
    text: 'rtm.nav',
    roles: ['clinician', 'administrator'],
    Page: pageWith(
      monitoringPlaceIn,
      async () => (await import('../clinician/remote_monitoring/remote_monitoring_page.tsx')).RemoteMonitoringPage,
    ),
  },
  { path: '/emergency-access', text: 'nav.emergencyAccess', roles: ['clinician'], Page: EmergencyAccessPage },
  // The former address of /emergency-access.
  { path: '/break-glass', roles: ['clinician'], Page: EmergencyAccessPage },
  { path: '/account', text: 'nav.account', roles: ['clinician', 'administrator'], Page: AccountPage },
] as const satisfies readonly Route[];

export type Path = (typeof TABLE)[number]['path'];

const ROUTES: readonly (Route & { path: Path })[] = TABLE;

const isFor = ({ roles }: Pick<Route, 'roles'>, role: Role | undefined) =>
  roles === undefined || (role !== undefined && roles.includes(role));

export const isPath = (path: string): path is Path => ROUTES.some((route) => route.path === path);

/** Returns the page at a path; undefined if the role may not open it. */
export const pageAt = (path: Path, role: Role | undefined) =>
  ROUTES.find((route) => route.path === path && isFor(route, role))?.Page;

/** Returns the links of a role's navigation. */
export const navigationOf = (role: Role) =>
  ROUTES.flatMap(({ path, text, icon, ...route }) => (text && isFor(route, role) ? [{ path, text, icon }] : []));

/** Whether a patient is in the midst of something there. */
export const isActivity = (path: string) => ROUTES.some((route) => route.path === path && route.activity === true);

const signInPlaceIn = searchParser<{ next: string | undefined }>({
  next: (text) => (text !== null && isPath(text.replace(/\?.*$/, '')) ? text : undefined),
});

/** Returns the address that a user was sent to sign in from, else the first page of the role. */
export const addressAfterSignIn = (role: Role | undefined, search: string) => signInPlaceIn(search).next ?? home(role);
