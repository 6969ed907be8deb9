// SPDX-License-Identifier: Apache-2.0
// Work on a paper that takes a while, and can be stopped.
import { Button, Progress } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useLanguage } from '../translations/language.tsx';

/** Tells how much is done, of 1; the answer is whether to go on. */
export type OnProgress = (share: number) => boolean;

/** Runs `work` once a touch; leaving the page stops it. `undefined` of it: it was stopped. */
export function useWorking<Result>(work: (onProgress: OnProgress) => Promise<Result | undefined>) {
  const [share, setShare] = useState(0);
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const { mutate, isPending, error, data } = useMutation({
    mutationFn: () => {
      stopped.current = false;
      setShare(0);
      return work((next) => {
        if (!stopped.current) setShare(next);
        return !stopped.current;
      });
    },
  });
  const stop = () => {
    stopped.current = true;
  };
  return { start: () => mutate(), stop, share, isPending, error, made: data };
}

export function Working({ share, onStop }: { share: number; onStop: () => void }) {
  const { t, number } = useLanguage();
  const percent = Math.round(share * 100);
  return (
    <>
      <Progress value={percent} aria-label={t('paper.working', { percent: number(percent) })} />
      <Button variant="subtle" onClick={onStop}>
        {t('cancel')}
      </Button>
    </>
  );
}
