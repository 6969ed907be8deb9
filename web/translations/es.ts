// SPDX-License-Identifier: Apache-2.0
// The texts of Spanish, by the feature that shows them; a chunk of its own.
import type { Texts } from './en.ts';
import account from '../../translations/es/account.json';
import administration from '../../translations/es/administration.json';
import after from '../../translations/es/after.json';
import balance from '../../translations/es/balance.json';
import calendar from '../../translations/es/calendar.json';
import camera_test from '../../translations/es/camera_test.json';
import carers from '../../translations/es/carers.json';
import chart from '../../translations/es/chart.json';
import clinic_film from '../../translations/es/clinic_film.json';
import common from '../../translations/es/common.json';
import devices from '../../translations/es/devices.json';
import emergency_access from '../../translations/es/emergency_access.json';
import endurance from '../../translations/es/endurance.json';
import function_scores from '../../translations/es/function_scores.json';
import film from '../../translations/es/film.json';
import games from '../../translations/es/games.json';
import hands_free from '../../translations/es/hands_free.json';
import inbox from '../../translations/es/inbox.json';
import language from '../../translations/es/language.json';
import load_walk from '../../translations/es/load_walk.json';
import message_media from '../../translations/es/message_media.json';
import new_phone from '../../translations/es/new_phone.json';
import message_video from '../../translations/es/message_video.json';
import notes from '../../translations/es/notes.json';
import orders from '../../translations/es/orders.json';
import own_device from '../../translations/es/own_device.json';
import own_film from '../../translations/es/own_film.json';
import paper from '../../translations/es/paper.json';
import passkeys from '../../translations/es/passkeys.json';
import patients from '../../translations/es/patients.json';
import phone from '../../translations/es/phone.json';
import posture from '../../translations/es/posture.json';
import programme from '../../translations/es/programme.json';
import progress from '../../translations/es/progress.json';
import push from '../../translations/es/push.json';
import questions from '../../translations/es/questions.json';
import reminders from '../../translations/es/reminders.json';
import remote_monitoring from '../../translations/es/remote_monitoring.json';
import rom from '../../translations/es/rom.json';
import self from '../../translations/es/self.json';
import sensed from '../../translations/es/sensed.json';
import sensors from '../../translations/es/sensors.json';
import session from '../../translations/es/session.json';
import spoken from '../../translations/es/spoken.json';
import signing_in from '../../translations/es/signing_in.json';
import today from '../../translations/es/today.json';
import visit from '../../translations/es/visit.json';
import watch from '../../translations/es/watch.json';
import work_load from '../../translations/es/work_load.json';
import worklist from '../../translations/es/worklist.json';

const texts: Texts = {
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

export default texts;
