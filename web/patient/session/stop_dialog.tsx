// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Scale } from '../../components/scale.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Why } from './flow.ts';

interface Props {
  hurts: boolean;
  onClose: () => void;
  onEnough: (why: Why) => void;
  onPain: (pain: number) => void;
}

/** Asks why the patient wants to stop. With `hurts`, pain is the reason, and the dialog asks how much. */
export function StopDialog({ hurts, onClose, onEnough, onPain }: Props) {
  const { t } = useLanguage();
  const [inPain, setInPain] = useState(hurts);
  const [pain, setPain] = useState<number>();
  if (inPain) {
    return (
      <Dialog title={t('pain.during')} onClose={onClose}>
        <Stack gap="md">
          <Scale label={t('pain.scale')} value={pain} onValue={setPain} least={t('pain.least')} most={t('pain.most')} />
          <div className="actions">
            <Button
              size="md"
              disabled={pain === undefined}
              onClick={() => {
                if (pain !== undefined) onPain(pain);
              }}
            >
              {t('goOn')}
            </Button>
            <Button size="md" color="red.9" onClick={() => onEnough('pain')}>
              {t('stop.pain')}
            </Button>
          </div>
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('stop.title')} onClose={onClose}>
      <Stack gap="sm">
        <p>{t('stop.what')}</p>
        <Button size="lg" variant="default" onClick={() => onEnough('enough')}>
          {t('stop.enough')}
        </Button>
        <Button size="lg" variant="default" onClick={() => setInPain(true)}>
          {t('stop.hurts')}
        </Button>
        <Button size="lg" color="red.9" onClick={() => onEnough('unwell')}>
          {t('stop.unwell')}
        </Button>
        <Button size="lg" onClick={onClose} data-autofocus>
          {t('stop.goOn')}
        </Button>
      </Stack>
    </Dialog>
  );
}
