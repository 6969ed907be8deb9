// SPDX-License-Identifier: Apache-2.0
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Failure } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';

/** Says why the calendar was not changed: the time is taken, another user was quicker, or a rule of booking. */
export function CalendarFailure({ failure }: { failure: Error | null | undefined }) {
  const { t } = useLanguage();
  const status = failure instanceof Failure ? failure.status : 0;
  if (status === 409)
    return (
      <Alert tone="bad" role="alert">
        {t('cal.taken')}
      </Alert>
    );
  if (status === 412)
    return (
      <Alert tone="bad" role="alert">
        {t('cal.changedMeanwhile')}
      </Alert>
    );
  if (status === 422)
    return (
      <Alert tone="bad" role="alert">
        {t('cal.notPossible')}
      </Alert>
    );
  return <FailureAlert failure={failure} />;
}
