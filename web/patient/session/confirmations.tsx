// SPDX-License-Identifier: Apache-2.0
import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useLanguage } from '../../translations/language.tsx';

/** What the patient confirms before a start. `needed`: names, each once, with their words. */
export function useConfirmations(needed: readonly { id: string; label: string }[]) {
  const { t } = useLanguage();
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [attempted, setAttempted] = useState(false);
  return {
    /** Returns whether all are confirmed; else shows the missing ones. */
    check() {
      setAttempted(true);
      const missing = needed.find(({ id }) => !confirmed.includes(id));
      if (missing) document.getElementById(`confirm-${missing.id}`)?.focus();
      return missing === undefined;
    },
    boxes: needed.map(({ id, label }) => (
      <Checkbox
        key={id}
        id={`confirm-${id}`}
        size="md"
        label={label}
        checked={confirmed.includes(id)}
        error={attempted && !confirmed.includes(id) ? t('introduce.confirm') : undefined}
        onChange={(event) =>
          setConfirmed(event.currentTarget.checked ? [...confirmed, id] : confirmed.filter((one) => one !== id))
        }
      />
    )),
  };
}
