// SPDX-License-Identifier: Apache-2.0
import { Button } from '@mantine/core';
import { useLanguage } from '../../translations/language.tsx';

/** Counting by hand (`hand`: its words), the next exercise, the end. `first`: nothing else is offered. */
export function OtherWays({
  first = false,
  hand,
  onByHand,
  onSkip,
  onStop,
}: {
  first?: boolean;
  hand?: string;
  onByHand: () => void;
  onSkip: () => void;
  onStop: () => void;
}) {
  const { t } = useLanguage();
  return (
    <>
      <Button size="lg" variant={first ? 'filled' : 'default'} onClick={onByHand}>
        {hand ?? t('introduce.byHand')}
      </Button>
      <Button size="lg" variant="default" onClick={onSkip}>
        {t('session.skip')}
      </Button>
      <Button size="lg" variant="default" onClick={onStop}>
        {t('session.stop')}
      </Button>
    </>
  );
}
