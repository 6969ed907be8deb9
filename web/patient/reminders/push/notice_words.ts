// SPDX-License-Identifier: Apache-2.0
// The words of push messages, kept where the service worker finds them while no page is open.
import { useEffect } from 'react';
import { useLanguage } from '../../../translations/language.tsx';
import type { ServerPush } from './push_state.ts';

/** As in web/offline/service_worker.ts. */
const WORDS = '/push-words';

/** Keeps them in the app's language once this device receives messages. */
export function useNoticeWords(push: ServerPush | undefined) {
  const { t, language } = useLanguage();
  const here = push?.devices.some((device) => device.here) ?? false;
  const words = JSON.stringify({
    language,
    exercises: t('push.notice.exercises'),
    pause: t('push.notice.pause'),
  });
  useEffect(() => {
    if (!here) return;
    void caches
      .open('reprise-push')
      .then((cache) => cache.put(WORDS, new Response(words)))
      .catch(() => {});
  }, [here, words]);
}
