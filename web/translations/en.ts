// The texts of English, by the feature that shows them; a chunk of its own.
import account from './en/account.json';
import administration from './en/administration.json';
import calendar from './en/calendar.json';
import chart from './en/chart.json';
import common from './en/common.json';
import emergency_access from './en/emergency_access.json';
import inbox from './en/inbox.json';
import notes from './en/notes.json';
import orders from './en/orders.json';
import patients from './en/patients.json';
import programme from './en/programme.json';
import questions from './en/questions.json';
import remote_monitoring from './en/remote_monitoring.json';
import session from './en/session.json';
import today from './en/today.json';
import visit from './en/visit.json';
import worklist from './en/worklist.json';

const texts = {
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
export type Texts = Record<keyof typeof texts, string>;

export default texts;
