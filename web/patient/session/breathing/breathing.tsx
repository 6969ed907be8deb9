// SPDX-License-Identifier: Apache-2.0
import { useInterval } from '@mantine/hooks';
import { useRef, useState } from 'react';
import { useLanguage } from '../../../translations/language.tsx';
import { breathAt, IN_S, OUT_S } from './breath.ts';
import './breathing.css';

/** A circle to breathe along with. Where less motion is asked for, it stands still and the words change. */
export function Breathing() {
  const { t } = useLanguage();
  const began_ms = useRef(performance.now());
  const [breath, setBreath] = useState(breathAt(0));
  useInterval(() => setBreath(breathAt((performance.now() - began_ms.current) / 1000)), 100, { autoInvoke: true });
  return (
    <div className="breathing" role="img" aria-label={t('rest.breathing', { in: IN_S, out: OUT_S })}>
      <span
        className="circle"
        data-breath={breath}
        style={{ transitionDuration: `${breath === 'in' ? IN_S : OUT_S}s` }}
      />
      <span className="word">{t(breath === 'in' ? 'rest.breatheIn' : 'rest.breatheOut')}</span>
    </div>
  );
}
