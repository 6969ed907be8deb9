// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Group, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { Page } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { BodyPicture } from './body_picture.tsx';
import { DEFINITION, regionOf, wordsIn } from './definition.ts';
import type { Side, Sides } from './flow.ts';

type Chosen = Readonly<Record<string, Side | 'both' | undefined>>;

const SIDES = ['left', 'right', 'both'] as const;

/** One side more or less. */
function touched(now: Side | 'both' | undefined, side: Side): Side | 'both' | undefined {
  const other = side === 'left' ? 'right' : 'left';
  if (now === 'both') return other;
  if (now === side) return undefined;
  return now === other ? 'both' : side;
}

/** Which parts of the body hurt: a picture to touch, and a list that says the same. */
export function RegionsStep({ onDone }: { onDone: (regions: string[], sides: Sides) => void }) {
  const { t, language } = useLanguage();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [sides, setSides] = useState<Chosen>({});
  const [attempted, setAttempted] = useState(false);
  const choose = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const touch = (id: string, side: Side | undefined) => {
    if (side === undefined) return choose(id, !chosen.has(id));
    const next = touched(chosen.has(id) ? sides[id] : undefined, side);
    setSides({ ...sides, [id]: next });
    choose(id, next !== undefined);
  };
  const isOpen = (id: string) => chosen.has(id) && regionOf(id)?.sided === true && sides[id] === undefined;
  const isMissing = chosen.size === 0 || [...chosen].some(isOpen);
  const go = () => {
    setAttempted(true);
    if (isMissing) return;
    const known = Object.entries(sides).flatMap(([id, side]) => (side && chosen.has(id) ? [[id, side] as const] : []));
    onDone([...chosen], Object.fromEntries(known));
  };
  return (
    <Page title={t('self.where')} lead={t('self.where.what')}>
      <div className="card where">
        <BodyPicture
          sided={(id) => regionOf(id)?.sided === true}
          chosen={(id, side) => chosen.has(id) && (side === undefined || sides[id] === side || sides[id] === 'both')}
          onTouch={touch}
        />
        <Stack gap={0} role="group" aria-label={t('self.where')}>
          {DEFINITION.regions.map(({ id, name, sided }) => (
            <div key={id}>
              <Checkbox
                size="md"
                label={wordsIn(name, language)}
                checked={chosen.has(id)}
                onChange={(event) => choose(id, event.currentTarget.checked)}
              />
              {sided && chosen.has(id) && (
                <Radio.Group
                  className="which-side"
                  label={t('self.side')}
                  value={sides[id] ?? ''}
                  error={attempted && isOpen(id) ? t('self.side.missing') : undefined}
                  onChange={(side) => setSides({ ...sides, [id]: SIDES.find((one) => one === side) })}
                >
                  <Group gap="md" mt="xs">
                    {SIDES.map((side) => (
                      <Radio key={side} size="md" value={side} label={t(`self.${side}`)} />
                    ))}
                  </Group>
                </Radio.Group>
              )}
            </div>
          ))}
        </Stack>
      </div>
      {attempted && isMissing && (
        <Alert tone="careful" role="alert">
          {t(chosen.size === 0 ? 'self.where.missing' : 'self.side.missing')}
        </Alert>
      )}
      <div className="actions">
        <Button size="lg" onClick={go}>
          {t('goOn')}
        </Button>
      </div>
    </Page>
  );
}
