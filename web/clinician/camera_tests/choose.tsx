// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { Choices } from '../../components/choices.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { FilmOrFile } from '../clips/film_or_file.tsx';
import {
  FUNCTION_TESTS,
  LEAST_CM,
  LEAST_MPS,
  MOST_CM,
  MOST_MPS,
  numberIn,
  type TestFacts,
  type TestInput,
} from './tests.ts';

const SIDES = ['both', 'left', 'right'] as const;

interface Props {
  input: TestInput;
  onInput: (input: TestInput) => void;
  onFilm: () => void;
  onFiles: (files: File[]) => void;
  /** The clips before count, too; the way back to their result. */
  onBack: (() => void) | undefined;
}

function Scale({ input, onInput }: Pick<Props, 'input' | 'onInput'>) {
  const { t } = useLanguage();
  const { facts, height, treadmill, belt } = input;
  const put = (to: Partial<TestInput>) => onInput({ ...input, ...to });
  return (
    <>
      {facts.height && !(treadmill && facts.id === 'gait') && (
        <TextInput
          label={t('camtest.height')}
          value={height}
          onChange={(event) => put({ height: event.currentTarget.value })}
          inputMode="decimal"
          rightSection="cm"
          description={t('camtest.height.why')}
          error={
            numberIn(height, LEAST_CM, MOST_CM) === undefined
              ? t('camtest.number.wrong', { least: LEAST_CM, most: MOST_CM })
              : undefined
          }
        />
      )}
      {facts.id === 'gait' && (
        <Switch
          label={t('camtest.treadmill')}
          checked={treadmill}
          onChange={(event) => put({ treadmill: event.currentTarget.checked })}
        />
      )}
      {facts.id === 'gait' && treadmill && (
        <TextInput
          label={t('camtest.belt')}
          value={belt}
          onChange={(event) => put({ belt: event.currentTarget.value })}
          inputMode="decimal"
          rightSection="m/s"
          description={t('camtest.belt.why')}
          error={
            numberIn(belt, LEAST_MPS, MOST_MPS) === undefined
              ? t('camtest.number.wrong', { least: LEAST_MPS, most: MOST_MPS })
              : undefined
          }
        />
      )}
    </>
  );
}

const isComplete = ({ height, belt }: TestInput) =>
  numberIn(height, LEAST_CM, MOST_CM) !== undefined && numberIn(belt, LEAST_MPS, MOST_MPS) !== undefined;

export function Choose({ input, onInput, onFilm, onFiles, onBack }: Props) {
  const { t } = useLanguage();
  const { facts, side } = input;
  const chosen = (id: string): TestFacts => FUNCTION_TESTS.find((one) => one.id === id) ?? facts;
  return (
    <div className="choose">
      <div className="fields">
        {onBack && <p>{t('camtest.more.what')}</p>}
        {facts.id !== 'gait' && (
          <NativeSelect
            label={t('camtest.test')}
            data={FUNCTION_TESTS.map(({ id }) => ({ value: id, label: t(`camtest.name.${id}`) }))}
            value={facts.id}
            onChange={(event) => onInput({ ...input, facts: chosen(event.currentTarget.value) })}
          />
        )}
        {facts.sided && (
          <Choices
            label={t(facts.id === 'tandem_stance' ? 'camtest.side.front' : 'camtest.side')}
            choices={SIDES.map((value) => ({ value, label: t(value === 'both' ? 'camtest.both' : `side.${value}`) }))}
            value={side}
            onValue={(value) => onInput({ ...input, side: value })}
          />
        )}
        <Scale input={input} onInput={onInput} />
        <FilmOrFile disabled={!isComplete(input)} several={facts.id === 'gait'} onFilm={onFilm} onFiles={onFiles}>
          {onBack && (
            <Button size="md" variant="default" onClick={onBack}>
              {t('rom.back')}
            </Button>
          )}
        </FilmOrFile>
      </div>
      <div className="guidance">
        <dl>
          <dt>{t('camtest.setUp')}</dt>
          <dd>{t(`camtest.setUp.${facts.id}`)}</dd>
          <dt>{t('camtest.say')}</dt>
          <dd>{t(`camtest.say.${facts.id}`)}</dd>
        </dl>
        {facts.support && (
          <p>
            <strong>{t('camtest.support')}</strong>
          </p>
        )}
        <p className="small">{t('camtest.limits')}</p>
      </div>
    </div>
  );
}
