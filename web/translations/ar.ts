// SPDX-License-Identifier: Apache-2.0
// The texts of Arabic: not reviewed by a professional, for patients only. What has no translation is in English.
import english, { type Texts } from './en.ts';
import { leftToRight } from './isolate.ts';
import account from '../../translations/ar/account.json';
import administration from '../../translations/ar/administration.json';
import after from '../../translations/ar/after.json';
import balance from '../../translations/ar/balance.json';
import calendar from '../../translations/ar/calendar.json';
import carers from '../../translations/ar/carers.json';
import chart from '../../translations/ar/chart.json';
import clinic_film from '../../translations/ar/clinic_film.json';
import common from '../../translations/ar/common.json';
import emergency_access from '../../translations/ar/emergency_access.json';
import endurance from '../../translations/ar/endurance.json';
import film from '../../translations/ar/film.json';
import function_scores from '../../translations/ar/function_scores.json';
import games from '../../translations/ar/games.json';
import hands_free from '../../translations/ar/hands_free.json';
import inbox from '../../translations/ar/inbox.json';
import language from '../../translations/ar/language.json';
import load_walk from '../../translations/ar/load_walk.json';
import message_media from '../../translations/ar/message_media.json';
import message_video from '../../translations/ar/message_video.json';
import new_phone from '../../translations/ar/new_phone.json';
import own_device from '../../translations/ar/own_device.json';
import paper from '../../translations/ar/paper.json';
import passkeys from '../../translations/ar/passkeys.json';
import patients from '../../translations/ar/patients.json';
import phone from '../../translations/ar/phone.json';
import programme from '../../translations/ar/programme.json';
import progress from '../../translations/ar/progress.json';
import push from '../../translations/ar/push.json';
import questions from '../../translations/ar/questions.json';
import reminders from '../../translations/ar/reminders.json';
import self from '../../translations/ar/self.json';
import sensed from '../../translations/ar/sensed.json';
import sensors from '../../translations/ar/sensors.json';
import session from '../../translations/ar/session.json';
import signing_in from '../../translations/ar/signing_in.json';
import spoken from '../../translations/ar/spoken.json';
import today from '../../translations/ar/today.json';
import visit from '../../translations/ar/visit.json';
import worklist from '../../translations/ar/worklist.json';

const translated: Partial<Texts> = {
  ...account,
  ...administration,
  ...after,
  ...balance,
  ...calendar,
  ...carers,
  ...chart,
  ...clinic_film,
  ...common,
  ...emergency_access,
  ...endurance,
  ...film,
  ...function_scores,
  ...games,
  ...hands_free,
  ...inbox,
  ...language,
  ...load_walk,
  ...message_media,
  ...message_video,
  ...new_phone,
  ...own_device,
  ...paper,
  ...passkeys,
  ...patients,
  ...phone,
  ...programme,
  ...progress,
  ...push,
  ...questions,
  ...reminders,
  ...self,
  ...sensed,
  ...sensors,
  ...session,
  ...signing_in,
  ...spoken,
  ...today,
  ...visit,
  ...worklist,
};

const texts = {
  ...(Object.fromEntries(Object.entries(english).map(([key, text]) => [key, leftToRight(text)])) as Texts),
  ...translated,
};

export { default as content } from '../../translations/ar/content.json';
export default texts;
