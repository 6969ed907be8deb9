// SPDX-License-Identifier: Apache-2.0
import { Button, Stack } from '@mantine/core';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Section } from '../../../components/section.tsx';
import { useOutbox } from '../../../data/outbox.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { afterVisit, hintFor, NO_VISITS, visitsIn, type Visits } from './install_hint.ts';

/** Chromium's event, which no standard has yet. */
interface InstallEvent extends Event {
  prompt: () => Promise<unknown>;
}

const STORED_AS = 'reprise-visits';

// The browser offers it once, before any page is drawn.
let offer: InstallEvent | undefined;
const listeners = new Set<() => void>();

function setOffer(next: InstallEvent | undefined) {
  offer = next;
  for (const listener of listeners) listener();
}

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault(); // no banner of the browser's own in the midst of an exercise
  setOffer(event as InstallEvent);
});

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

// Some browsers forbid storing; then there is no hint.
function stored(): Visits {
  try {
    return visitsIn(window.localStorage.getItem(STORED_AS));
  } catch {
    return NO_VISITS;
  }
}

function store(visits: Visits) {
  try {
    window.localStorage.setItem(STORED_AS, JSON.stringify(visits));
  } catch {
    /* as above */
  }
}

const todayHere = () => new Date().toLocaleDateString('sv');
const isStandalone = () =>
  window.matchMedia('(display-mode: standalone)').matches ||
  ('standalone' in navigator && navigator.standalone === true);

/** Hints that the app can be on the home screen, where that helps; gone for good once dismissed. */
export function InstallCard() {
  const { t } = useLanguage();
  const { waiting } = useOutbox();
  const [visits, setVisits] = useState(stored);
  const offered = useSyncExternalStore(subscribe, () => offer);
  useEffect(() => {
    setVisits((before) => {
      const next = afterVisit(before, todayHere());
      store(next);
      return next;
    });
  }, []);
  const dismiss = () => {
    const next = { ...visits, dismissed: true };
    store(next);
    setVisits(next);
  };
  const { userAgent, maxTouchPoints: touchPoints } = navigator;
  const device = { standalone: isStandalone(), offered: offered !== undefined, userAgent, touchPoints };
  const hint = hintFor(visits, device, waiting.length);
  if (!hint) return null;
  const install = async () => {
    await offered?.prompt();
    setOffer(undefined); // an offer counts once
    dismiss();
  };
  return (
    <Section title={t('install.title')}>
      <Stack gap="md">
        <p className="note">{t(hint === 'offer' ? 'install.offer' : 'install.safari')}</p>
        <div className="actions">
          {hint === 'offer' && (
            <Button
              variant="default"
              onClick={() => {
                void install();
              }}
            >
              {t('install.action')}
            </Button>
          )}
          <Button variant="subtle" onClick={dismiss}>
            {t('install.dismiss')}
          </Button>
        </div>
      </Stack>
    </Section>
  );
}
