// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { TroubleCode } from './camera_coach.ts';

interface Props {
  code: TroubleCode;
  onAgain: () => void;
  onByHand: () => void;
  onLeave: () => void;
}

/** Why there is no picture, what to do about it, and the way without one. */
export function CameraTrouble({ code, onAgain, onByHand, onLeave }: Props) {
  const { t } = useLanguage();
  return (
    <div className="waiting">
      <Alert tone="careful" role="alert">
        <strong>{t(`camera.${code}`)}</strong>
        <p>{t(`camera.${code}.what`)}</p>
      </Alert>
      <div className="actions">
        <Button size="md" onClick={onByHand}>
          {t('introduce.byHand')}
        </Button>
        <Button size="md" variant="default" onClick={onAgain}>
          {t('again')}
        </Button>
        <Button size="md" variant="default" onClick={onLeave}>
          {t('session.skip')}
        </Button>
      </div>
    </div>
  );
}
