// SPDX-License-Identifier: Apache-2.0
// Films a clip for a test.
import { Button } from '@mantine/core';
import { Alert } from '../../components/alert.tsx';
import { useFilming, type Clip } from '../../film/use_filming.ts';
import { useLanguage } from '../../translations/language.tsx';

export type { Clip } from '../../film/use_filming.ts';

const COUNTDOWN_S = 3;
/** Enough for every test; more would fill a phone's memory. */
const LONGEST_S = 300;

/** The subject of the clip, in the reader's language. */
export interface Filmed {
  name: string;
  /** What the person does. */
  does: string;
  setUp: string;
  /** Pictures a second that the camera is asked for. */
  rate_hz?: number | undefined;
}

interface Props {
  filmed: Filmed;
  onClip: (clip: Clip) => void;
  onLeave: () => void;
}

export function Record({ filmed, onClip, onLeave }: Props) {
  const { t } = useLanguage();
  const { place, state, start, stop } = useFilming({
    countdown_s: COUNTDOWN_S,
    longest_s: LONGEST_S,
    rate_hz: filmed.rate_hz,
    onClip,
  });

  return (
    <div className="filming">
      <p>
        <strong>{filmed.name}</strong>. {filmed.does}
      </p>
      <div className="picture" ref={place} aria-hidden="true" hidden={state.kind === 'failed'} />
      <div role="status" className="said">
        {state.kind === 'opening' && <p>{t('camtest.opening')}</p>}
        {state.kind === 'ready' && <p>{filmed.setUp}</p>}
        {state.kind === 'countdown' && <p className="advice">{state.left_s}</p>}
        {state.kind === 'on' && <p className="advice">{t('camtest.on', { seconds: state.since_s })}</p>}
      </div>
      {state.kind === 'failed' && (
        <Alert tone="careful" role="alert">
          <strong>{t(`camera.${state.code}`)}</strong> {t('camtest.film.failed')}
        </Alert>
      )}
      <div className="actions">
        {state.kind === 'ready' && (
          <Button size="md" onClick={start}>
            {t('camtest.begin')}
          </Button>
        )}
        {state.kind === 'on' && (
          <Button size="md" onClick={stop}>
            {t('camtest.stop')}
          </Button>
        )}
        <Button size="md" variant="default" onClick={onLeave}>
          {t('rom.back')}
        </Button>
      </div>
    </div>
  );
}
