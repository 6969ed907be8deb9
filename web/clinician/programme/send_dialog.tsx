// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Change } from './changes.ts';
import type { BuilderWords } from './words.ts';

interface Props {
  name: string;
  changes: readonly Change[];
  /** Names of exercises that are contraindicated. */
  against: readonly string[];
  /** Exercises that were chosen for the side that has no problem. */
  other: readonly string[];
  /** The patient has had no programme yet. */
  first: boolean;
  words: BuilderWords;
  onClose: () => void;
  onSend: (message: string, reason: string) => Promise<void>;
  busy: boolean;
}

/** The last look before the patient has it. */
export function SendDialog({ name, changes, against, other, first, words, onClose, onSend, busy }: Props) {
  const { t } = useLanguage();
  const [telling, setTelling] = useState(true);
  const [message, setMessage] = useState(t(first ? 'plan.message.first' : 'plan.message'));
  const [reason, setReason] = useState('');
  const [sideMeant, setSideMeant] = useState(false);
  const [decided, setDecided] = useState(false);
  return (
    <Dialog title={t('plan.send.to', { name })} onClose={onClose}>
      <Stack gap="md">
        <ul className="plain">
          {changes.map((one) => (
            <li key={JSON.stringify(one)}>{words.change(one)}</li>
          ))}
        </ul>
        {against.length > 0 && (
          <Alert tone="bad">
            <p>
              <Badge tone="bad">{t('plan.contraindicated')}</Badge> {against.join(', ')}
            </p>
            <Checkbox
              label={t('plan.send.decided')}
              checked={decided}
              onChange={({ currentTarget }) => setDecided(currentTarget.checked)}
            />
          </Alert>
        )}
        {other.length > 0 && (
          <Alert tone="bad">
            <p>
              <Badge tone="bad">{t('plan.otherSide')}</Badge> {other.join('; ')}
            </p>
            <Checkbox
              label={t('plan.send.otherSide')}
              checked={sideMeant}
              onChange={({ currentTarget }) => setSideMeant(currentTarget.checked)}
            />
          </Alert>
        )}
        <Checkbox
          label={t('plan.send.tell')}
          checked={telling}
          onChange={({ currentTarget }) => setTelling(currentTarget.checked)}
        />
        {telling && (
          <Textarea
            label={t('plan.send.message')}
            value={message}
            rows={2}
            maxLength={2000}
            onChange={({ currentTarget }) => setMessage(currentTarget.value)}
          />
        )}
        {telling && !first && (
          <TextInput
            label={t('plan.send.reason')}
            description={t('plan.send.reason.hint')}
            value={reason}
            maxLength={280}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
        <div className="actions">
          <Button
            loading={busy}
            disabled={(against.length > 0 && !decided) || (other.length > 0 && !sideMeant)}
            onClick={() => {
              void onSend(telling ? message : '', reason);
            }}
            data-autofocus
          >
            {t('plan.send')}
          </Button>
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </Stack>
    </Dialog>
  );
}
