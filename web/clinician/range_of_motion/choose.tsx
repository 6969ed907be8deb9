// SPDX-License-Identifier: Apache-2.0
import { Button, FileButton, NativeSelect, Switch } from '@mantine/core';
import { useMemo } from 'react';
import { Choices } from '../../components/choices.tsx';
import { MovingFigure } from '../../components/figure.tsx';
import { useDrawn } from '../../coach/range/use_drawn.ts';
import { useLanguage } from '../../translations/language.tsx';
import type { Method, Side } from '../../clinical/recorded_ranges.ts';
import {
  cameraSays,
  JOINTS,
  nameOf,
  RANGE_TESTS,
  rangeTest,
  textOf,
  type RangeTest,
} from '../../coach/range/range_tests.ts';

export interface Choice {
  test: RangeTest;
  side: Side;
  passive: boolean;
  method: Method;
}

export const FIRST_CHOICE: Choice = {
  test: RANGE_TESTS[0] as RangeTest,
  side: 'right',
  passive: false,
  method: 'camera',
};

/** A camera only of active movements: passive ones were not compared with a truth. */
const methodsOf = ({ camera, instruments }: RangeTest, passive: boolean): Method[] => [
  ...(camera && !passive ? (['camera'] as const) : []),
  ...instruments,
];

const SIDES = ['left', 'right'] as const;

interface Props {
  choice: Choice;
  onChoice: (choice: Choice) => void;
  onFilm: (file?: File) => void;
  onRead: () => void;
}

export function Choose({ choice, onChoice, onFilm, onRead }: Props) {
  const { t, language } = useLanguage();
  const { test, side, passive, method } = choice;
  const exercise = useDrawn(test);
  const text = textOf(test, language);
  const groups = useMemo(
    () =>
      JOINTS.map((joint) => ({
        group: t(`rom.joint.${joint}`),
        items: RANGE_TESTS.filter((one) => one.joint === joint).map((one) => ({
          value: one.id,
          label: nameOf(one, language),
        })),
      })),
    [t, language],
  );
  const change = (to: Partial<Choice>) => {
    const next = { ...choice, ...to };
    const methods = methodsOf(next.test, next.passive);
    const [first = 'goniometer'] = methods;
    onChoice({ ...next, method: methods.includes(next.method) ? next.method : first });
  };
  const chooseTest = (id: string) => {
    const next = rangeTest(id);
    if (next) change({ test: next });
  };
  const says = cameraSays(test, language);
  return (
    <div className="choose">
      <div className="fields">
        <NativeSelect
          label={t('rom.test')}
          data={groups}
          value={test.id}
          onChange={(event) => chooseTest(event.currentTarget.value)}
        />
        {test.sided && (
          <Choices
            label={t('rom.side')}
            choices={SIDES.map((value) => ({ value, label: t(`side.${value}`) }))}
            value={side}
            onValue={(value) => onChoice({ ...choice, side: value })}
          />
        )}
        <Choices
          label={t('rom.method')}
          choices={methodsOf(test, passive).map((value) => ({ value, label: t(`rom.method.${value}`) }))}
          value={method}
          onValue={(value) => onChoice({ ...choice, method: value })}
        />
        <Switch
          label={t('rom.passive')}
          checked={passive}
          onChange={(event) => change({ passive: event.currentTarget.checked })}
        />
        <div className="actions">
          {method === 'camera' ? (
            <>
              <Button size="md" onClick={() => onFilm()}>
                {t('rom.start')}
              </Button>
              <FileButton accept="video/*" onChange={(file) => file && onFilm(file)}>
                {(props) => (
                  <Button size="md" variant="default" {...props}>
                    {t('rom.file')}
                  </Button>
                )}
              </FileButton>
            </>
          ) : (
            <Button size="md" onClick={onRead}>
              {t(method === 'inclinometer' ? 'rom.start.inclinometer' : 'rom.start.goniometer')}
            </Button>
          )}
        </div>
      </div>
      <div className="guidance">
        {exercise && method === 'camera' && (
          <div className="drawn">
            <MovingFigure
              exercise={exercise}
              mirror={test.sided && side === 'left'}
              label={t('rom.drawn', { name: nameOf(test, language) })}
            />
          </div>
        )}
        {text && (
          <dl>
            <dt>{t('rom.position')}</dt>
            <dd>{text.position}</dd>
            <dt>{t(passive ? 'rom.helper' : 'rom.movement')}</dt>
            <dd>{passive ? text.helper : text.movement}</dd>
            {method !== 'camera' && (
              <>
                <dt>{t('rom.placement')}</dt>
                <dd>{text.placement}</dd>
              </>
            )}
            {says && (
              <>
                <dt>{t(test.camera ? 'rom.cameraSays' : 'rom.noCamera')}</dt>
                <dd>{says}</dd>
              </>
            )}
          </dl>
        )}
        <p className="small">{t('rom.limits')}</p>
        <p className="small">{t('rom.notReviewed')}</p>
      </div>
    </div>
  );
}
