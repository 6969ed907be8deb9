import { Button } from '@mantine/core';
import { useAct } from '../../hooks/act.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { useAccount } from '../../data/session.ts';
import { addressOfVisit, startVisit } from './visit.ts';

/** In a chart: into the video visit that is on, or a new one. */
export function StartVisit({ patient, simulated }: { patient: string; simulated: boolean }) {
  const { t } = useLanguage();
  const {
    account: { person },
  } = useAccount();
  const { busy, failure, act } = useAct();
  if (!person) return null;
  return (
    <div className="actions unprinted">
      <Button
        variant="default"
        loading={busy}
        onClick={() => {
          void act(async () => go(addressOfVisit(await startVisit(patient, person, simulated))));
        }}
      >
        {t('visit.start')}
      </Button>
      <FailureAlert failure={failure} />
    </div>
  );
}
