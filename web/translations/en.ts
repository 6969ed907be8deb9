// SPDX-License-Identifier: Apache-2.0
// The texts of English, by the feature that shows them; a chunk of its own.
import account from '../../translations/en/account.json';
import administration from '../../translations/en/administration.json';
import after from '../../translations/en/after.json';
import balance from '../../translations/en/balance.json';
import calendar from '../../translations/en/calendar.json';
import camera_test from '../../translations/en/camera_test.json';
import carers from '../../translations/en/carers.json';
import chart from '../../translations/en/chart.json';
import clinic_film from '../../translations/en/clinic_film.json';
import common from '../../translations/en/common.json';
import devices from '../../translations/en/devices.json';
import emergency_access from '../../translations/en/emergency_access.json';
import endurance from '../../translations/en/endurance.json';
import function_scores from '../../translations/en/function_scores.json';
import film from '../../translations/en/film.json';
import games from '../../translations/en/games.json';
import hands_free from '../../translations/en/hands_free.json';
import inbox from '../../translations/en/inbox.json';
import language from '../../translations/en/language.json';
import load_walk from '../../translations/en/load_walk.json';
import message_media from '../../translations/en/message_media.json';
import new_phone from '../../translations/en/new_phone.json';
import message_video from '../../translations/en/message_video.json';
import notes from '../../translations/en/notes.json';
import orders from '../../translations/en/orders.json';
import own_device from '../../translations/en/own_device.json';
import own_film from '../../translations/en/own_film.json';
import paper from '../../translations/en/paper.json';
import passkeys from '../../translations/en/passkeys.json';
import patients from '../../translations/en/patients.json';
import phone from '../../translations/en/phone.json';
import posture from '../../translations/en/posture.json';
import programme from '../../translations/en/programme.json';
import progress from '../../translations/en/progress.json';
import push from '../../translations/en/push.json';
import questions from '../../translations/en/questions.json';
import reminders from '../../translations/en/reminders.json';
import remote_monitoring from '../../translations/en/remote_monitoring.json';
import rom from '../../translations/en/rom.json';
import self from '../../translations/en/self.json';
import sensed from '../../translations/en/sensed.json';
import sensors from '../../translations/en/sensors.json';
import session from '../../translations/en/session.json';
import spoken from '../../translations/en/spoken.json';
import signing_in from '../../translations/en/signing_in.json';
import today from '../../translations/en/today.json';
import visit from '../../translations/en/visit.json';
import watch from '../../translations/en/watch.json';
import work_load from '../../translations/en/work_load.json';
import worklist from '../../translations/en/worklist.json';

const texts = {
  ...account,
  ...administration,
  ...after,
  ...balance,
  ...calendar,
  ...camera_test,
  ...carers,
  ...chart,
  ...clinic_film,
  ...common,
  ...devices,
  ...emergency_access,
  ...endurance,
  ...function_scores,
  ...film,
  ...games,
  ...hands_free,
  ...inbox,
  ...language,
  ...load_walk,
  ...message_media,
  ...new_phone,
  ...message_video,
  ...notes,
  ...orders,
  ...own_device,
  ...own_film,
  ...paper,
  ...passkeys,
  ...patients,
  ...phone,
  ...posture,
  ...programme,
  ...progress,
  ...push,
  ...questions,
  ...reminders,
  ...remote_monitoring,
  ...rom,
  ...self,
  ...sensed,
  ...sensors,
  ...session,
  ...spoken,
  ...signing_in,
  ...today,
  ...visit,
  ...watch,
  ...work_load,
  ...worklist,
};
export type Texts = Record<keyof typeof texts, string>;

export default texts;
