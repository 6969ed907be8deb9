// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { go } from '../../hooks/route.ts';
import { useLanguage } from '../../translations/language.tsx';

/** Send, or leave without sending. The curves are given only by a choice of its own, each time. */
export function SendActions({
  busy,
  hasCurves = true,
  isSent = false,
  onSend,
  onDiscard,
  beside,
}: {
  busy: boolean;
  /** False: there is nothing to share besides the numbers. */
  hasCurves?: boolean;
  /** The numbers were sent before: they cannot be kept back. */
  isSent?: boolean;
  onSend: (share: boolean) => void;
  onDiscard?: () => void;
  beside?: ReactNode;
}) {
  const { t } = useLanguage();
  const [share, setShare] = useState(false);
  return (
    <>
      {hasCurves && (
        <Checkbox
          size="md"
          my="sm"
          label={t('phone.share')}
          checked={share}
          onChange={(event) => setShare(event.currentTarget.checked)}
        />
      )}
      <div className="actions">
        <Button size="xl" fullWidth loading={busy} onClick={() => onSend(share)}>
          {t('phone.send')}
        </Button>
        {beside}
        <Button
          size="lg"
          variant="default"
          disabled={busy}
          onClick={() => {
            onDiscard?.();
            go('/today');
          }}
        >
          {t(isSent ? 'session.toToday' : 'phone.discard')}
        </Button>
      </div>
    </>
  );
}
