import type { EmergencyAccess } from '../source/api.ts';
import { useLanguage } from '../source/language.tsx';
import { Mark } from './mark.tsx';
import { Asked } from './section.tsx';
import type { useAsked } from './act.ts';

/** Broken glass: who, whose record, when, why. */
export function EmergencyList({ asked, showPatient }: { asked: ReturnType<typeof useAsked<{ accesses: EmergencyAccess[] }>>; showPatient: boolean }) {
  const { t, moment } = useLanguage();
  return (
    <Asked asked={asked}>
      {({ accesses }) => (accesses.length === 0 ? <p className="none">{t('emergency.none')}</p> : (
        <ul className="rows">
          {accesses.map(({ patient, by, reason, startsAt, endsAt }) => (
            <li key={`${by} ${patient} ${startsAt}`} className="row">
              <div>
                <strong>{by}</strong>{showPatient && <> · <code>{patient}</code></>}
                {' '}{new Date(endsAt).getTime() > Date.now() && <Mark tone="bad">{t('emergency.now')}</Mark>}
                <p className="quote">{reason}</p>
                <p className="small">{t('emergency.when', { start: moment(startsAt), end: moment(endsAt) })}</p>
              </div>
            </li>
          ))}
        </ul>
      ))}
    </Asked>
  );
}
