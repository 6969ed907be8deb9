import { FailureAlert } from '../../components/failure_alert.tsx';
import { Alert } from '../../components/alert.tsx';
import { Failure } from '../../data/api.ts';
import { useLanguage } from '../../translations/language.tsx';

/**
 * Why the calendar was not changed: a time that is taken, somebody who was quicker, a rule of the booking, or what else
 * may be.
 */
export function CalendarFailure({ failure, wait }: { failure: Error | null | undefined; wait?: number }) {
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
  return <FailureAlert failure={failure} {...(wait !== undefined && { wait })} />;
}
