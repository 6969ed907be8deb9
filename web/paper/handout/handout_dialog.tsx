// SPDX-License-Identifier: Apache-2.0
// Asks how the handout shall look, makes it and saves it.
import { Button, Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import type { Questionnaire } from 'fhir/r4';
import type { Programme } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { save } from '../../components/save_file.ts';
import { programmeEngine } from '../../data/engine.ts';
import { useAccount } from '../../data/session.ts';
import { useBearing } from '../../exercises/bearing.ts';
import { useDose } from '../../exercises/dose.ts';
import { initialsOf } from '../../fhir/people.ts';
import { dayOf } from '../../fhir/results.ts';
import { useAmount } from '../../hooks/use_amount.ts';
import { useLanguage } from '../../translations/language.tsx';
import { usualSize, type PaperSize } from '../paper_size.ts';
import { useWorking, Working, type OnProgress } from '../working.tsx';
import { loadBeside } from './load.ts';

const NAMES = ['full', 'initials', 'none'] as const;

interface Props {
  programme: Programme;
  /** The warning signs, where the device has them. */
  flags?: Questionnaire | undefined;
  onClose: () => void;
}

export function HandoutDialog({ programme, flags, onClose }: Props) {
  const spoken = useLanguage();
  const { t, counted } = spoken;
  const { account } = useAccount();
  const speech = { ...spoken, dose: useDose(), amount: useAmount().amount, bearing: useBearing() };
  const [size, setSize] = useState<PaperSize>(() => usualSize(navigator.languages));
  const [shownName, setShownName] = useState<(typeof NAMES)[number]>('full');
  const [large, setLarge] = useState(false);

  const make = async (onProgress: OnProgress) => {
    const [{ makeHandout }, reprise, beside] = await Promise.all([
      import('./make_handout.ts'),
      programmeEngine(),
      loadBeside(programme, flags),
    ]);
    const full = beside.name ?? (account.person === programme.patient ? account.name : '');
    const today = dayOf(new Date());
    const made = await makeHandout(reprise, {
      programme,
      flags: beside.flags,
      options: {
        size,
        large,
        name: shownName === 'full' ? full : shownName === 'initials' ? initialsOf(full) : '',
        simulated: programme.simulated,
        today,
        version: beside.version,
        address: `${window.location.origin}/today`,
      },
      speech,
      onProgress,
    });
    if (!made) return undefined;
    const file = `${t('paper.file.handout')}-${today}.pdf`;
    save(file, 'application/pdf', new Uint8Array(made.bytes));
    return { file, undrawn: made.undrawn };
  };
  const { start, stop, share, isPending, error, made } = useWorking(make);
  return (
    <Dialog title={t('paper.handout.title')} onClose={onClose}>
      <Stack gap="md">
        <p className="note">{t('paper.handout.what')}</p>
        <NativeSelect
          label={t('paper.size')}
          value={size}
          data={(['A4', 'LETTER'] as const).map((value) => ({ value, label: t(`paper.size.${value}`) }))}
          onChange={({ currentTarget }) => setSize(currentTarget.value as PaperSize)}
        />
        <NativeSelect
          label={t('paper.name')}
          description={t('paper.name.why')}
          value={shownName}
          data={NAMES.map((value) => ({ value, label: t(`paper.name.${value}`) }))}
          onChange={({ currentTarget }) => setShownName(currentTarget.value as typeof shownName)}
        />
        <Checkbox
          size="md"
          label={t('paper.large')}
          checked={large}
          onChange={({ currentTarget }) => setLarge(currentTarget.checked)}
        />
        <div role="status">
          {made && !isPending && (
            <Alert tone={made.undrawn > 0 ? 'careful' : 'good'}>
              {t('paper.saved', { file: made.file })} {made.undrawn > 0 && counted('paper.undrawn', made.undrawn)}
            </Alert>
          )}
        </div>
        <FailureAlert failure={error} />
        {isPending && <Working share={share} onStop={stop} />}
        <div className="actions">
          <Button loading={isPending} onClick={start}>
            {t('paper.handout.make')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}
