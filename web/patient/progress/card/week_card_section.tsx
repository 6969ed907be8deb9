// SPDX-License-Identifier: Apache-2.0
import './week_card.css';
import { Button, Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Programme } from 'reprise-engine';
import { Alert } from '../../../components/alert.tsx';
import { save } from '../../../components/save_file.ts';
import { Section } from '../../../components/section.tsx';
import { exerciseWords, fileOf } from '../../../exercises/exercise_words.ts';
import { useAmount } from '../../../hooks/use_amount.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { useOwnGoal } from '../../goal/use_own_goal.ts';
import { useGivenName } from '../../today/use_given_name.ts';
import { useDeeds } from '../deeds/use_deeds.ts';
import type { SetSeen } from '../history.ts';
import { usePain } from '../pain/use_pain.ts';
import { drawCard } from './draw_card.ts';
import { cardInWords, cardOf, NOTHING_MORE, type Card, type CardOptions } from './week_card.ts';

const TICKS = ['name', 'goal', 'pain', 'range'] as const;

function useCard(programme: Programme | undefined, sets: readonly SetSeen[], options: CardOptions): Card {
  const spoken = useLanguage();
  const { t, language } = spoken;
  const { amount } = useAmount();
  const { data: pains } = usePain();
  const { data: deeds } = useDeeds();
  const { own } = useOwnGoal(programme?.simulated ?? false);
  const held = programme?.exercises.some((one) => one.held) ?? false;
  const called = (id: string) => {
    const found = programme?.exercises.find((one) => one.id === id);
    return found ? exerciseWords(fileOf(found.json), language).name : id;
  };
  return cardOf(
    {
      sets,
      pains: pains?.value,
      programme,
      deeds: held ? [] : (deeds?.earned ?? []).map((deed) => t(`deed.${deed}`)),
      goal: own?.goal?.description?.text,
      name: useGivenName(),
      now: new Date(),
      called,
    },
    options,
    { ...spoken, amount },
  );
}

/** Shares the picture where the device can, else saves it; true: it was saved. */
async function give(canvas: HTMLCanvasElement, name: string): Promise<boolean> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (!blob) return false;
  const file = new File([blob], name, { type: 'image/png' });
  if (mayShare()) {
    // Closing the list of apps shares nothing.
    await navigator.share({ files: [file] }).catch((error: unknown) => console.warn(error));
    return false;
  }
  save(name, 'image/png', blob);
  return true;
}

const mayShare = () =>
  typeof navigator.canShare === 'function' &&
  navigator.canShare({ files: [new File([], 'week.png', { type: 'image/png' })] });

/** A picture of a week to keep or to send. */
export function WeekCardSection({ programme, sets }: { programme: Programme | undefined; sets: readonly SetSeen[] }) {
  const { t, weekday } = useLanguage();
  const [options, setOptions] = useState<CardOptions>(NOTHING_MORE);
  const [saved, setSaved] = useState(false);
  const canvas = useRef<HTMLCanvasElement>(null);
  const card = useCard(programme, sets, options);
  const words = cardInWords(card);
  const labels = useMemo(
    () => ({
      soFar: t('card.so.far'),
      goal: t('card.goal'),
      letters: card.days.map(({ day }) => weekday(day, 'narrow')),
      simulated: programme?.simulated ? t('simulated') : '',
    }),
    [t, weekday, programme, card.days],
  );
  // After each rendering: drawing takes a millisecond.
  useEffect(() => {
    if (canvas.current) drawCard(canvas.current, card, labels);
  });
  return (
    <Section title={t('card.title')}>
      <Stack gap="md" className="week-card">
        <p className="note">{t('card.lead')}</p>
        <NativeSelect
          label={t('card.week')}
          value={options.week}
          data={(['this', 'last'] as const).map((value) => ({ value, label: t(`card.${value}`) }))}
          onChange={({ currentTarget }) => {
            setSaved(false);
            setOptions({ ...options, week: currentTarget.value as CardOptions['week'] });
          }}
        />
        {TICKS.map((tick) => (
          <Checkbox
            key={tick}
            size="md"
            label={t(`card.${tick}.tick`)}
            checked={options[tick]}
            onChange={({ currentTarget }) => {
              setSaved(false);
              setOptions({ ...options, [tick]: currentTarget.checked });
            }}
          />
        ))}
        <canvas ref={canvas} role="img" aria-label={t('card.label', { text: words })} />
        <p className="note">{t('card.sent')}</p>
        <div role="status">{saved && <Alert tone="good">{t('card.saved')}</Alert>}</div>
        <div className="actions">
          <Button
            variant="default"
            onClick={() => {
              if (canvas.current) void give(canvas.current, `week-${card.days[0]?.day ?? ''}.png`).then(setSaved);
            }}
          >
            {t(mayShare() ? 'card.action' : 'card.keep')}
          </Button>
        </div>
      </Stack>
    </Section>
  );
}
