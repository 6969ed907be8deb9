// SPDX-License-Identifier: Apache-2.0
// Angles that a person reads off: a goniometer, or this phone as an inclinometer.
import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Alert } from '../../components/alert.tsx';
import { Field, Form } from '../../components/form.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Choice } from './choose.tsx';
import { degreesIn, LEAST_DEG, MOST_DEG } from '../../coach/range/angles.ts';
import { allowMotion, angleBetween, useGravity, type Gravity } from './inclinometer.ts';
import { ids } from '../assess/accept.ts';
import type { Measurement } from './measured.ts';
import { nameOf, textOf } from '../../coach/range/range_tests.ts';

/** A device without sensors has their events, and no values. */
const SILENT_MS = 2_000;
const FIELDS = [0, 1, 2];

interface Props {
  choice: Choice;
  onDone: (measurement: Measurement) => Promise<unknown>;
  onLeave: () => void;
}

function Inclinometer({ onReading }: { onReading: (degrees: number) => void }) {
  const { t } = useLanguage();
  const [on, setOn] = useState(false);
  const [refused, setRefused] = useState(false);
  const [zero, setZero] = useState<Gravity>();
  const gravity = useGravity(on);
  const angle = zero && gravity ? angleBetween(zero, gravity) : undefined;
  const [silent, setSilent] = useState(false);
  useEffect(() => {
    if (!on || gravity) return undefined;
    const timer = setTimeout(() => setSilent(true), SILENT_MS);
    return () => clearTimeout(timer);
  }, [on, gravity]);
  if (refused || (silent && !gravity) || (typeof DeviceMotionEvent === 'undefined' && !on))
    return <Alert tone="careful">{t('rom.phone.none')}</Alert>;
  if (!on)
    return (
      <Button
        variant="default"
        onClick={() =>
          void allowMotion().then(
            () => setOn(true),
            () => setRefused(true),
          )
        }
      >
        {t('rom.phone.use')}
      </Button>
    );
  return (
    <div className="inclinometer">
      <p className="angle">
        {gravity ? (angle === undefined ? t('rom.phone.hold') : `${Math.round(angle)}°`) : t('rom.phone.waiting')}
      </p>
      <div className="actions">
        <Button variant="default" disabled={!gravity} onClick={() => setZero(gravity)}>
          {t('rom.phone.zero')}
        </Button>
        <Button disabled={angle === undefined} onClick={() => angle !== undefined && onReading(Math.round(angle))}>
          {t('rom.phone.read')}
        </Button>
      </div>
    </div>
  );
}

export function Readings({ choice, onDone, onLeave }: Props) {
  const { t, language } = useLanguage();
  const { test, side, passive, method } = choice;
  const [typed, setTyped] = useState(['', '', '']);
  const [startedAt] = useState(() => new Date().toISOString());
  const put = (at: number, value: string) => setTyped(typed.map((one, i) => (i === at ? value : one)));
  const read = (degrees: number) => {
    const free = typed.findIndex((one) => one.trim() === '');
    put(free < 0 ? typed.length - 1 : free, String(degrees));
  };
  const send = () =>
    onDone({
      ...ids(),
      test,
      method,
      passive,
      trials: typed.flatMap((one) => {
        const angle_deg = degreesIn(one);
        return angle_deg === undefined ? [] : [{ side: test.sided ? side : null, angle_deg }];
      }),
      warnings: [],
      startedAt,
      duration_s: (Date.now() - Date.parse(startedAt)) / 1000,
    });
  return (
    <div className="readings">
      <p>
        <strong>{nameOf(test, language)}</strong>
        {test.sided && `, ${t(`side.${side}`)}`}
      </p>
      <p className="small">{textOf(test, language)?.placement}</p>
      {method === 'inclinometer' && <Inclinometer onReading={read} />}
      <Form
        submit={t('rom.sum')}
        onSubmit={send}
        beside={
          <Button size="md" variant="default" onClick={onLeave}>
            {t('rom.back')}
          </Button>
        }
      >
        <p className="small">{t('rom.negative')}</p>
        <div className="degrees">
          {FIELDS.map((at) => (
            <Field
              key={at}
              label={t('rom.reading', { number: at + 1 })}
              value={typed[at] ?? ''}
              onValue={(value) => put(at, value)}
              optional={at > 0}
              rightSection="°"
              problem={
                (typed[at] ?? '').trim() === '' || degreesIn(typed[at] ?? '') !== undefined
                  ? undefined
                  : t('rom.degrees.wrong', { least: LEAST_DEG, most: MOST_DEG })
              }
            />
          ))}
        </div>
      </Form>
    </div>
  );
}
