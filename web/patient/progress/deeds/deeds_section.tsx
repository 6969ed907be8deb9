// SPDX-License-Identifier: Apache-2.0
import { useEffect } from 'react';
import { Section } from '../../../components/section.tsx';
import { useAccount } from '../../../data/session.ts';
import { useLanguage } from '../../../translations/language.tsx';
import { DeedList } from './deed_badge.tsx';
import { rememberTold, useDeeds } from './use_deeds.ts';

/** What the patient has done so far; absent before the first deed. */
export function DeedsSection() {
  const { t } = useLanguage();
  const { data } = useDeeds();
  return data && data.earned.length > 0 ? (
    <Section title={t('deed.title')}>
      <DeedList deeds={data.earned} />
    </Section>
  ) : null;
}

/** Tells on Today of deeds that are new, once. */
export function NewDeeds() {
  const { t } = useLanguage();
  const { id } = useAccount().account;
  const { data } = useDeeds();
  useEffect(() => {
    if (data) void rememberTold(id, data.earned);
  }, [data, id]);
  return data && data.fresh.length > 0 ? (
    <Section title={t('deed.new')}>
      <DeedList deeds={data.fresh} />
    </Section>
  ) : null;
}
