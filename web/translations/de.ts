// The texts of German, by the feature that shows them; a chunk of its own.
import type { Texts } from './en.ts';
import account from './de/account.json';
import administration from './de/administration.json';
import calendar from './de/calendar.json';
import chart from './de/chart.json';
import common from './de/common.json';
import emergency_access from './de/emergency_access.json';
import inbox from './de/inbox.json';
import notes from './de/notes.json';
import orders from './de/orders.json';
import patients from './de/patients.json';
import programme from './de/programme.json';
import questions from './de/questions.json';
import remote_monitoring from './de/remote_monitoring.json';
import session from './de/session.json';
import today from './de/today.json';
import visit from './de/visit.json';
import worklist from './de/worklist.json';

const texts: Texts = {
  ...account,
  ...administration,
  ...calendar,
  ...chart,
  ...common,
  ...emergency_access,
  ...inbox,
  ...notes,
  ...orders,
  ...patients,
  ...programme,
  ...questions,
  ...remote_monitoring,
  ...session,
  ...today,
  ...visit,
  ...worklist,
};

export default texts;
