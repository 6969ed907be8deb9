// SPDX-License-Identifier: Apache-2.0
import { Button, FileButton, NativeSelect, NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import type { PostureView } from 'reprise-engine';
import { useLanguage } from '../../translations/language.tsx';
import { LONGEST_MARKS_CM, SHORTEST_MARKS_CM } from './marks.ts';
import { VIEWS } from './points.ts';

export interface Setup {
  view: PostureView;
  /** What the millimeters come from. */
  scale: 'height' | 'marks';
  height_cm: number | undefined;
  marks_cm: number | undefined;
  mirrored: boolean;
}

/** The engine takes no more (engine/posture/posture_checks.h). */
export const MOST_ROLL_DEG = 20;
const SCALES = ['height', 'marks'] as const;
const SHORTEST_CM = 50;
const TALLEST_CM = 250;

interface MeasureProps {
  label: string;
  description: string;
  min: number;
  max: number;
  suffix: string;
  value: number | undefined;
  /** Undefined: empty, no number yet, or beyond min and max. */
  onValue: (value: number | undefined) => void;
}

/** Keeps the typed text, so that a beginning as "-" or "-0." stays. */
export function MeasureField({ min, max, value, onValue, ...shown }: MeasureProps) {
  const [typed, setTyped] = useState<string | number>(value === undefined ? '' : Number(value.toFixed(1)));
  const { number } = useLanguage();
  return (
    <NumberInput
      {...shown}
      min={min}
      max={max}
      decimalScale={1}
      decimalSeparator={number(0.5).charAt(1)}
      allowedDecimalSeparators={['.', ',']}
      value={typed}
      onChange={(now) => {
        setTyped(now);
        const read = now === '' ? Number.NaN : Number(now);
        onValue(read >= min && read <= max ? read : undefined);
      }}
    />
  );
}

export function SetupFields({ setup, onSetup }: { setup: Setup; onSetup: (setup: Setup) => void }) {
  const { t } = useLanguage();
  return (
    <>
      <NativeSelect
        label={t('posture.view')}
        data={VIEWS.map((view) => ({ value: view, label: t(`posture.view.${view}`) }))}
        value={setup.view}
        onChange={(event) => {
          const view = VIEWS.find((one) => one === event.currentTarget.value);
          if (view) onSetup({ ...setup, view });
        }}
      />
      <NativeSelect
        label={t('posture.scale')}
        data={SCALES.map((value) => ({ value, label: t(`posture.scale.${value}`) }))}
        value={setup.scale}
        onChange={(event) => {
          const scale = SCALES.find((one) => one === event.currentTarget.value);
          if (scale) onSetup({ ...setup, scale });
        }}
      />
      {setup.scale === 'height' ? (
        <MeasureField
          key="height"
          label={t('posture.height')}
          description={t('posture.height.why')}
          min={SHORTEST_CM}
          max={TALLEST_CM}
          suffix=" cm"
          value={setup.height_cm}
          onValue={(height_cm) => onSetup({ ...setup, height_cm })}
        />
      ) : (
        <MeasureField
          key="marks"
          label={t('posture.marks')}
          description={t('posture.marks.why')}
          min={SHORTEST_MARKS_CM}
          max={LONGEST_MARKS_CM}
          suffix=" cm"
          value={setup.marks_cm}
          onValue={(marks_cm) => onSetup({ ...setup, marks_cm })}
        />
      )}
      <Switch
        label={t('posture.mirrored')}
        checked={setup.mirrored}
        onChange={(event) => onSetup({ ...setup, mirrored: event.currentTarget.checked })}
      />
    </>
  );
}

interface Props {
  setup: Setup;
  onSetup: (setup: Setup) => void;
  onCamera: () => void;
  onFile: (file: File) => void;
}

export function ChoosePhoto({ setup, onSetup, onCamera, onFile }: Props) {
  const { t } = useLanguage();
  return (
    <div className="choose">
      <div className="fields">
        <SetupFields setup={setup} onSetup={onSetup} />
        <div className="actions">
          <Button size="md" onClick={onCamera}>
            {t('posture.camera')}
          </Button>
          <FileButton accept="image/jpeg,image/png,image/webp" onChange={(file) => file && onFile(file)}>
            {(props) => (
              <Button size="md" variant="default" {...props}>
                {t('posture.file')}
              </Button>
            )}
          </FileButton>
        </div>
      </div>
      <div className="guidance">
        <ul>
          <li>{t('posture.setup.camera')}</li>
          <li>{t('posture.setup.person')}</li>
          <li>{t('posture.setup.clothes')}</li>
          <li>{t('posture.setup.same')}</li>
        </ul>
        <p className="small">{t('posture.limits')}</p>
        <p className="small">{t('posture.notReviewed')}</p>
      </div>
    </div>
  );
}
