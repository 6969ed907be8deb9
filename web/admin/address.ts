// Which part of the administration is shown; the address says so.
import { useSearch } from '../hooks/route.ts';

export const TABS = ['overview', 'patients', 'erasure', 'consents', 'log', 'backups', 'settings'] as const;
export type Tab = (typeof TABS)[number];

const isTab = (text: string | null): text is Tab => (TABS as readonly (string | null)[]).includes(text);

export const addressOf = (tab: Tab, others: Record<string, string> = {}) =>
  `/administration?${new URLSearchParams({ tab, ...others }).toString()}`;

export function usePlace(): { tab: Tab; patient: string | undefined } {
  const search = useSearch();
  const values = new URLSearchParams(search);
  const tab = values.get('tab');
  const patient = values.get('patient');
  return {
    tab: isTab(tab) ? tab : 'overview',
    patient: patient !== null && /^[A-Za-z0-9.-]{1,64}$/.test(patient) ? patient : undefined,
  };
}
