// SPDX-License-Identifier: Apache-2.0
import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';
import type { Questionnaire } from 'fhir/r4';
import type { Programme } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { HandoutDialog } from './handout_dialog.tsx';

interface Props extends Pick<ButtonProps, 'disabled' | 'size'> {
  programme: Programme | undefined;
  flags?: Questionnaire | undefined;
}

/** Opens the way to a printed programme; none while no exercise may be done. */
export function HandoutButton({ programme, flags, disabled = false, ...look }: Props) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const some = programme?.exercises.some(({ held }) => !held) ?? false;
  return (
    <>
      <Button variant="default" {...look} disabled={disabled || !some} onClick={() => setOpen(true)}>
        {t('paper.handout.title')}
      </Button>
      {open && programme && <HandoutDialog programme={programme} flags={flags} onClose={() => setOpen(false)} />}
    </>
  );
}
