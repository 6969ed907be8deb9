// SPDX-License-Identifier: Apache-2.0
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import type { Finding } from './use_found.ts';

interface FoundAlertProps {
  finding: Finding;
  tilted: boolean;
  exchanged: boolean;
}

/** Says why no points or values could be found. */
export function FoundAlert({ finding, tilted, exchanged }: FoundAlertProps) {
  const { t } = useLanguage();
  const text =
    finding.kind === 'nobody'
      ? t('posture.nobody')
      : finding.kind === 'refused'
        ? t(`posture.refused.${finding.reason}`)
        : finding.kind === 'failed'
          ? t('posture.failed')
          : tilted
            ? t('posture.refused.tilted')
            : exchanged
              ? t('posture.exchanged')
              : undefined;
  return text ? (
    <Alert tone="careful" role="alert">
      {text}
    </Alert>
  ) : null;
}
