// SPDX-License-Identifier: Apache-2.0
// The keys of all queries. Loaded data depend on the parts of the key alone.

/** Without its last parts a key stands for all queries that begin so. */
const key = (...parts: readonly (string | number | undefined)[]) => parts.filter((part) => part !== undefined);

export const queryKeys = {
  /** A GET of the app's own API, below /auth. */
  api: (path: string) => ['api', path],

  session: () => ['session'],
  ownPhoto: (person: string) => ['own-photo', person],

  // A patient's own pages.
  programme: (account: string) => ['programme', account],
  storedProgramme: (account: string) => ['stored-programme', account],
  givenName: (account: string) => ['given-name', account],
  history: (account: string) => ['history', account],
  deeds: (account: string) => ['deeds', account],
  ownGoal: (account: string) => ['own-goal', account],
  functionScores: (account: string) => ['function-scores', account],
  painHistory: (account: string) => ['pain-history', account],
  lookedAt: (patient: string) => ['looked-at', patient],
  messagePicture: (address: string) => ['message-picture', address],
  messageVideo: (address: string) => ['message-video', address],
  readings: (account: string) => ['readings', account],
  keptReadings: (account: string) => ['kept-readings', account],
  shownFilms: (account: string) => ['shown-films', account],
  booking: (account: string) => ['booking', account],
  slots: (schedules: string) => ['slots', schedules],
  openVisits: (patient: string) => ['open-visits', patient],
  visitConsent: (patient: string) => ['visit-consent', patient],
  photoConsent: (patient: string) => ['photo-consent', patient],
  carers: (patient: string) => ['carers', patient],
  reminders: (patient: string) => ['reminders', patient],
  remindersLater: (account: string) => ['reminders-later', account],
  visit: (appointment: string) => ['visit', appointment],

  // Lists of patients.
  patients: () => ['patients'],
  patientSearch: (typed: string) => ['patient-search', typed],
  personSearch: (typed: string, turn: number) => ['person-search', typed, turn],
  accounts: (search: string, role: string, state: string) => ['accounts', search, role, state],
  patientsById: (ids: string) => ['patients-by-id', ids],
  patientAccounts: () => ['patient-accounts'],
  worklist: () => ['worklist'],
  urgentPatients: (account?: string) => key('urgent-patients', account),
  clinicMessages: (account?: string) => key('clinic-messages', account),
  inboxPatients: () => ['inbox-patients'],
  monitoredPatients: () => ['monitored-patients'],
  erasureRequests: () => ['erasure-requests'],

  // One patient, for clinicians. `chartTime`: when the chart was loaded that the data belong to.
  chart: (patient: string, range?: string) => key('chart', patient, range),
  posture: (patient: string) => ['chart', patient, 'posture'],
  posturePhotos: (patient: string) => ['chart', patient, 'posture-photos'],
  posturePhoto: (patient: string, photo: string) => ['chart', patient, 'posture-photo', photo],
  selfReleases: (patient: string) => key('orders', patient, 'self-releases'),
  sentReminders: (patient: string) => ['chart', patient, 'reminders'],
  counts: (patient: string) => ['chart', patient, 'counts'],
  rangeOfMotion: (patient: string) => ['chart', patient, 'range-of-motion'],
  lastCameraTest: (patient: string, startedAt: string) => ['chart', patient, 'camera-test', startedAt],
  keptSignals: (patient: string) => ['chart', patient, 'signals'],
  /** Of one recording, which never changes. */
  signals: (address: string) => ['signals', address],
  chartProgramme: (patient: string, chartTime: number) => ['chart-programme', patient, chartTime],
  access: (patient: string) => ['access', patient],
  goalAnswers: (patient: string, goal: string) => ['goal-answers', patient, goal],
  measurables: (patient: string, from: number, chartTime: number) => ['measurables', patient, from, chartTime],
  day: (patient: string, day: string) => ['day', patient, day],
  recordedSets: (patient: string, exercise: string) => ['recorded-sets', patient, exercise],
  set: (patient: string, set: string) => ['set', patient, set],
  comments: (patient: string, set: string) => ['comments', patient, set],
  orders: (patient: string, chartTime?: number) => key('orders', patient, chartTime),
  answers: (response: string) => ['answers', response],
  notes: (account: string, patient: string, note: string) => ['notes', account, patient, note],
  messages: (patient: string, count?: number) => key('messages', patient, count),
  monitoring: (patient: string) => ['monitoring', patient],
  programmeVersions: (plan: string) => ['programme-versions', plan],
  careTeam: (patient: string) => ['care-team', patient],

  // The clinic and its people.
  practitioners: () => ['practitioners'],
  staff: () => ['staff'],
  teams: (person: string) => ['teams', person],
  clinics: () => ['clinics'],
  clinicDetails: () => ['clinic-details'],
  colleagues: (practitioner: string) => ['colleagues', practitioner],
  calendar: (practitioner: string, from?: string, days?: number) => key('calendar', practitioner, from, days),
  accesses: (patient: string) => ['accesses', patient],
  auditEntries: (query: string) => ['audit-entries', query],
  consents: () => ['consents'],

  // What the clinic works with.
  bones: () => ['bones'],
  lift: (request: string) => ['lift', request],
  exercises: () => ['exercises'],
  films: () => ['films'],
  exerciseTitles: () => ['exercise-titles'],
  alertRules: () => ['alert-rules'],
  programmeCatalog: () => ['programme-catalog'],
  registrationChoices: () => ['registration-choices'],

  enrolment: () => ['enrolment'],
  invitation: (secret: string) => ['invitation', secret],
  passwordReset: (secret: string) => ['password-reset', secret],
  lockedResults: () => ['locked-results'],
} satisfies Record<string, (...parts: never[]) => readonly (string | number)[]>;
