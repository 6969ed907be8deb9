// SPDX-License-Identifier: Apache-2.0
import { NativeSelect } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form } from '../../components/form.tsx';
import { localTime } from '../../fhir/local_time.ts';
import { useLanguage } from '../../translations/language.tsx';
import { WAYS, type Way } from './forms.ts';

/** The longest counted time. In a longer one, the user forgot to end it. */
const MOST_MINUTES = 240;

interface Props {
  title: string;
  start?: string | undefined;
  minutes?: number | undefined;
  withWay?: boolean;
  beside?: ReactNode;
  onClose: () => void;
  onSave: (start: Date, minutes: number, way: Way) => Promise<void>;
}

/** When something was, and how long. */
export function WhenDialog({ title, start, minutes, withWay = false, beside, onClose, onSave }: Props) {
  const { t } = useLanguage();
  const [when, setWhen] = useState(localTime(start ? new Date(start) : new Date()).slice(0, 16));
  const [length, setLength] = useState(minutes === undefined ? '' : String(Math.round(minutes * 100) / 100));
  const [way, setWay] = useState<Way>('phone');
  const moment = new Date(when);
  const lasted = Number(length.replace(',', '.'));
  const lengthIsRight = length.trim() !== '' && lasted > 0 && lasted <= MOST_MINUTES;
  const over = moment.getTime() + lasted * 60_000 <= Date.now();
  return (
    <Dialog title={title} onClose={onClose}>
      <Form
        submit={t('save')}
        beside={beside}
        onSubmit={async () => {
          await onSave(moment, lasted, way);
          onClose();
        }}
      >
        {withWay && (
          <NativeSelect
            label={t('rtm.way')}
            value={way}
            onChange={(event) => setWay(event.currentTarget.value as Way)}
            data={WAYS.map((value) => ({ value, label: t(`rtm.way.${value}`) }))}
          />
        )}
        <Field
          label={t('rtm.start')}
          type="datetime-local"
          value={when}
          onValue={setWhen}
          data-autofocus
          problem={Number.isNaN(moment.getTime()) ? t('rtm.start.problem') : undefined}
        />
        <Field
          label={t('rtm.length')}
          inputMode="decimal"
          value={length}
          onValue={setLength}
          problem={
            !lengthIsRight ? t('rtm.length.problem', { most: MOST_MINUTES }) : over ? undefined : t('rtm.length.toCome')
          }
        />
      </Form>
    </Dialog>
  );
}
