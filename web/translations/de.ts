// SPDX-License-Identifier: Apache-2.0
// The texts of German, by the feature that shows them; a chunk of its own.
import type { Texts } from './en.ts';
import account from '../../translations/de/account.json';
import administration from '../../translations/de/administration.json';
import after from '../../translations/de/after.json';
import balance from '../../translations/de/balance.json';
import calendar from '../../translations/de/calendar.json';
import camera_test from '../../translations/de/camera_test.json';
import carers from '../../translations/de/carers.json';
import chart from '../../translations/de/chart.json';
import clinic_film from '../../translations/de/clinic_film.json';
import common from '../../translations/de/common.json';
import devices from '../../translations/de/devices.json';
import emergency_access from '../../translations/de/emergency_access.json';
import endurance from '../../translations/de/endurance.json';
import function_scores from '../../translations/de/function_scores.json';
import film from '../../translations/de/film.json';
import games from '../../translations/de/games.json';
import hands_free from '../../translations/de/hands_free.json';
import inbox from '../../translations/de/inbox.json';
import language from '../../translations/de/language.json';
import load_walk from '../../translations/de/load_walk.json';
import message_media from '../../translations/de/message_media.json';
import new_phone from '../../translations/de/new_phone.json';
import message_video from '../../translations/de/message_video.json';
import notes from '../../translations/de/notes.json';
import orders from '../../translations/de/orders.json';
import own_device from '../../translations/de/own_device.json';
import own_film from '../../translations/de/own_film.json';
import paper from '../../translations/de/paper.json';
import passkeys from '../../translations/de/passkeys.json';
import patients from '../../translations/de/patients.json';
import phone from '../../translations/de/phone.json';
import posture from '../../translations/de/posture.json';
import programme from '../../translations/de/programme.json';
import progress from '../../translations/de/progress.json';
import push from '../../translations/de/push.json';
import questions from '../../translations/de/questions.json';
import reminders from '../../translations/de/reminders.json';
import remote_monitoring from '../../translations/de/remote_monitoring.json';
import rom from '../../translations/de/rom.json';
import self from '../../translations/de/self.json';
import sensed from '../../translations/de/sensed.json';
import sensors from '../../translations/de/sensors.json';
import session from '../../translations/de/session.json';
import spoken from '../../translations/de/spoken.json';
import signing_in from '../../translations/de/signing_in.json';
import today from '../../translations/de/today.json';
import visit from '../../translations/de/visit.json';
import watch from '../../translations/de/watch.json';
import work_load from '../../translations/de/work_load.json';
import worklist from '../../translations/de/worklist.json';

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
