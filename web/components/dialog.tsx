import { Button, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { useAct } from '../hooks/act.ts';
import { FailureAlert } from './failure_alert.tsx';

export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useLanguage();
  return (
    // lockScroll would write a style into the page that its policy refuses; styles.css does it. Mantine's own head
    // would be a second banner for readers of screens.
    <Modal.Root opened onClose={onClose} centered lockScroll={false}>
      <Modal.Overlay />
      <Modal.Content>
        <div className="dialog-head">
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

interface ConfirmProps {
  title: string;
  text: string;
  action: string;
  onClose: () => void;
  onConfirm: () => Promise<unknown>;
}

/** Before something is lost. */
export function Confirm({ title, text, action, onClose, onConfirm }: ConfirmProps) {
  const { t } = useLanguage();
  const { busy, failure, wait, act } = useAct();
  const confirm = async () => {
    if (await act(onConfirm)) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <p>{text}</p>
        <FailureAlert failure={failure} wait={wait} />
        <div className="actions">
          <Button
            color="red.9"
            loading={busy}
            disabled={wait > 0}
            onClick={() => {
              void confirm();
            }}
          >
            {action}
          </Button>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('cancel')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}
