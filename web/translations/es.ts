// The texts of Spanish, by the feature that shows them; a chunk of its own.
import type { Texts } from './en.ts';
import account from './es/account.json';
import administration from './es/administration.json';
import calendar from './es/calendar.json';
import chart from './es/chart.json';
import common from './es/common.json';
import emergency_access from './es/emergency_access.json';
import inbox from './es/inbox.json';
import notes from './es/notes.json';
import orders from './es/orders.json';
import patients from './es/patients.json';
import programme from './es/programme.json';
import questions from './es/questions.json';
import remote_monitoring from './es/remote_monitoring.json';
import session from './es/session.json';
import today from './es/today.json';
import visit from './es/visit.json';
import worklist from './es/worklist.json';

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
