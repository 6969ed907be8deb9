// SPDX-License-Identifier: Apache-2.0
import { Button, Modal, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useLanguage } from '../translations/language.tsx';
import { useRetryWait } from '../hooks/use_retry_wait.ts';
import { FailureAlert } from './failure_alert.tsx';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  size?: string;
}

export function Dialog({ title, onClose, children, size = 'md' }: DialogProps) {
  const { t } = useLanguage();
  return (
    // lockScroll would write a style into the page that its policy refuses; styles.css does it. Mantine's own head
    // would be a second banner for readers of screens.
    <Modal.Root opened onClose={onClose} size={size} centered lockScroll={false}>
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

/** Asks for confirmation before something is lost. */
export function Confirm({ title, text, action, onClose, onConfirm }: ConfirmProps) {
  const { t } = useLanguage();
  const { mutate, isPending, error } = useMutation({ mutationFn: onConfirm, onSuccess: onClose });
  const isWaiting = useRetryWait(error) > 0;
  return (
    <Dialog title={title} onClose={onClose}>
      <Stack gap="md">
        <p>{text}</p>
        <FailureAlert failure={error} />
        <div className="actions">
          <Button color="red.9" loading={isPending} disabled={isWaiting} onClick={() => mutate()}>
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
