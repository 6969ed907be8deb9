// SPDX-License-Identifier: Apache-2.0
import { useEffect, useRef } from 'react';

const MARK = 'set';

/** Makes the browser's "back" ask before it leaves a set, because leaving would lose the count. */
export function useBackAsks(inSet: boolean, ask: () => void) {
  const asking = useRef(ask);
  useEffect(() => {
    asking.current = ask;
  }, [ask]);
  useEffect(() => {
    if (!inSet) return undefined;
    const guard = () => window.history.pushState(MARK, '', window.location.href);
    const back = () => {
      if (window.history.state === MARK || window.location.pathname !== '/session') return;
      guard();
      asking.current();
    };
    if (window.history.state !== MARK) guard();
    window.addEventListener('popstate', back);
    return () => {
      window.removeEventListener('popstate', back);
      if (window.history.state === MARK) window.history.back();
    };
  }, [inSet]);
}
