// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import { Confirm, Dialog } from '../components/dialog.tsx';
import { Printing } from '../components/printing.tsx';
import { Failure } from '../data/api.ts';
import { useLanguage } from '../translations/language.tsx';
import { LONG_TEXT } from './sample.ts';
import { Example, Group } from './example.tsx';

const DIALOGS = ['Dialog', 'Confirm', 'Confirm that fails'] as const;

export function Dialogs() {
  const { t } = useLanguage();
  const [open, setOpen] = useState<(typeof DIALOGS)[number]>();
  const paper = useRef<HTMLParagraphElement>(null);
  const close = () => setOpen(undefined);
  const fails = open === 'Confirm that fails';
  return (
    <Group id="dialogs" title="Dialogs, printing">
      {DIALOGS.map((one) => (
        <Example key={one} of={one} state="opens">
          <Button lang="en" variant="default" onClick={() => setOpen(one)}>
            {one}
          </Button>
        </Example>
      ))}
      <Example of="Printing" state="at rest" wide>
        <p ref={paper}>{LONG_TEXT}</p>
        <Printing paper={paper} file="sample" title={t('print')} owner="Robin Sample" />
      </Example>
      {open === 'Dialog' && (
        <Dialog title={LONG_TEXT} onClose={close}>
          <p>{LONG_TEXT}</p>
        </Dialog>
      )}
      {(open === 'Confirm' || fails) && (
        <Confirm
          title={t('signOut')}
          text={LONG_TEXT}
          action={t('goOn')}
          onClose={close}
          onConfirm={() => (fails ? Promise.reject(new Failure('unreachable')) : Promise.resolve())}
        />
      )}
    </Group>
  );
}
