// SPDX-License-Identifier: Apache-2.0
import type { PlanDefinition } from 'fhir/r4';
import '../worklist/worklist.css';
import { Button, NativeSelect, NumberInput, Switch } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRetryWait } from '../../hooks/use_retry_wait.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { Page, Section } from '../../components/section.tsx';
import { searchAll } from '../../data/fhir_search.ts';
import { changed as changedEntry } from '../../data/write.ts';
import { sendTransaction } from '../../data/api.ts';
import { useLanguage, type Key } from '../../translations/language.tsx';
import { URGENCIES } from '../../clinical/flags/worklist.ts';
import { changed, NUMBERS, rulesIn, titleOf, type NumberName, type Rule } from './rules.ts';
import { QueryBoundary } from '../../components/query_boundary.tsx';
import { queryKeys } from '../../data/query_keys.ts';

const load = () => searchAll<PlanDefinition>('PlanDefinition', '?type=eca-rule&_count=1000');

const FRACTIONS: readonly NumberName[] = ['by', 'shortOf', 'usualGap'];

const send = (entry: readonly object[]) =>
  sendTransaction(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }));

function RuleForm({ rule, versions }: { rule: Rule; versions: readonly PlanDefinition[] }) {
  const { t, language } = useLanguage();
  const { definition, kind, of, on } = rule;
  const [numbers, setNumbers] = useState<Partial<Record<NumberName, number | string>>>(rule.numbers);
  const [urgency, setUrgency] = useState(rule.urgency);
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: queryKeys.alertRules() }),
  });
  const isWaiting = useRetryWait(error) > 0;
  const names = NUMBERS.filter((name) => rule.numbers[name] !== undefined);
  const right = names.every((name) => typeof numbers[name] === 'number' && Number(numbers[name]) > 0);
  const same = urgency === rule.urgency && names.every((name) => numbers[name] === rule.numbers[name]);
  const unit = of === 'range' ? t('rules.degrees') : t('rules.points');
  const save = () => {
    const newest = Math.max(...versions.map(({ version }) => Number(version) || 0));
    const next = changed(rule, numbers as Rule['numbers'], urgency, newest);
    mutate([
      ...versions.filter(({ status }) => status === 'active').map((one) => changedEntry({ ...one, status: 'retired' })),
      {
        resource: next,
        request: {
          method: 'POST',
          url: 'PlanDefinition',
          ifNoneExist: `url=${next.url ?? ''}&version=${next.version ?? ''}`,
        },
      },
    ]);
  };
  const setActive = (active: boolean) =>
    mutate([changedEntry({ ...definition, status: active ? 'active' : 'retired' })]);
  return (
    <Section
      title={titleOf(definition, language)}
      action={
        <Switch
          checked={on}
          disabled={isPending}
          label={t('rules.on')}
          onChange={({ currentTarget }) => setActive(currentTarget.checked)}
        />
      }
    >
      <p>{t(`rules.kind.${kind}` as Key)}</p>
      <div className="numbers">
        {names.map((name) => (
          <NumberInput
            key={name}
            label={t(`rules.${name}`, { unit })}
            value={numbers[name] ?? ''}
            min={FRACTIONS.includes(name) ? 0.1 : 1}
            max={name === 'by' || name === 'shortOf' ? 180 : name === 'usualGap' ? 20 : 366}
            allowDecimal={FRACTIONS.includes(name)}
            disabled={!on || isPending}
            onChange={(value) => setNumbers({ ...numbers, [name]: value })}
          />
        ))}
        <NativeSelect
          label={t('rules.urgency')}
          value={urgency}
          disabled={!on || isPending}
          data={URGENCIES.map((one) => ({ value: one, label: t(`work.urgency.${one}`) }))}
          onChange={({ currentTarget }) => setUrgency(currentTarget.value)}
        />
      </div>
      <FailureAlert failure={error} />
      <div className="actions">
        <Button disabled={!on || same || !right || isWaiting} loading={isPending} onClick={save}>
          {t('rules.save')}
        </Button>
      </div>
      <p className="note small">
        <Badge tone="careful">{definition.subtitle}</Badge>{' '}
        {t('rules.version', {
          version: definition.version ?? '',
        })}
        . {t('rules.source')}: {definition.purpose}
      </p>
    </Section>
  );
}

/** Shows the clinic's own alert rules, and changes their numbers. */
export function RulesPage() {
  const { t } = useLanguage();
  const query = useQuery({ queryKey: queryKeys.alertRules(), queryFn: load });
  return (
    <Page title={t('rules.title')} lead={t('rules.lead')}>
      <QueryBoundary query={query}>
        {(definitions) => (
          <>
            {rulesIn(definitions).length === 0 && <p className="none">{t('rules.none')}</p>}
            {rulesIn(definitions).map((rule) => (
              <RuleForm
                key={`${rule.definition.id ?? ''} ${rule.definition.meta?.versionId ?? ''}`}
                rule={rule}
                versions={definitions.filter(({ url }) => url === rule.definition.url)}
              />
            ))}
          </>
        )}
      </QueryBoundary>
    </Page>
  );
}
