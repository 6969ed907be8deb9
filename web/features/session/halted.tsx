import { Button, Stack } from '@mantine/core';
import type { Programme } from 'reprise-engine';
import { Notice } from '../../parts/mark.tsx';
import { Page } from '../../parts/section.tsx';
import { useLanguage } from '../../source/language.tsx';
import type { Halt } from './flow.ts';
import { go } from '../../source/route.ts';

/** Whom to call: only numbers that the clinic has set. */
export function Numbers({ programme }: { programme: Programme }) {
  const { t } = useLanguage();
  const { clinic, emergencyNumber } = programme;
  return (
    <Stack gap="sm">
      {emergencyNumber
        ? <Button component="a" href={`tel:${emergencyNumber}`} size="lg" color="red.9">{t('call.emergency', { number: emergencyNumber })}</Button>
        : <p><strong>{t('call.emergencyUnknown')}</strong></p>}
      {clinic.phone
        ? <Button component="a" href={`tel:${clinic.phone}`} size="lg" variant="default">{t('call.clinic', { name: clinic.name ?? t('call.yourClinic'), number: clinic.phone })}</Button>
        : <p>{t('call.clinicUnknown')}</p>}
    </Stack>
  );
}

/** The session has ended for the patient's safety. */
export function Halted({ why, programme }: { why: Halt; programme: Programme }) {
  const { t } = useLanguage();
  return (
    <Page title={t(`halted.${why}`)} narrow>
      <Notice tone={why === 'redFlag' ? 'bad' : 'careful'} role="alert">{t(`halted.${why}.what`)}</Notice>
      <div className="card"><Numbers programme={programme} /></div>
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions"><Button size="lg" variant="default" onClick={() => go('/today')}>{t('session.toToday')}</Button></div>
    </Page>
  );
}

/** An exercise has ended because of pain; the others may still be fine. */
export function Hurt({ programme, left, onGoOn, onEnd }: { programme: Programme; left: number; onGoOn: () => void; onEnd: () => void }) {
  const { t, counted } = useLanguage();
  return (
    <Page title={t('hurt.title')} narrow>
      <Notice tone="careful" role="alert">{t('hurt.what')}</Notice>
      <div className="card"><Numbers programme={programme} /></div>
      <p className="note">{t('nobodyWatches')}</p>
      <div className="actions">
        <Button size="lg" onClick={onEnd}>{t('hurt.end')}</Button>
        {left > 0 && <Button size="lg" variant="default" onClick={onGoOn}>{counted('hurt.goOn', left)}</Button>}
      </div>
    </Page>
  );
}
