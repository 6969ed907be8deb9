// SPDX-License-Identifier: Apache-2.0
import { Button, Checkbox, Group, NativeSelect, Stack } from '@mantine/core';
import { useState } from 'react';
import type { BalanceRequest } from 'reprise-engine';
import type { Undo } from '../../clinical/chart/undo.tsx';
import type { Chart } from '../../clinical/chart/use_chart.ts';
import { Alert } from '../../components/alert.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field, Form, useProblem } from '../../components/form.tsx';
import {
  balanceRequest,
  HAZARDS,
  HOLD_SECONDS,
  MOST_HOLDS,
  MOST_LEVELS,
  MOST_SESSIONS,
  STANCES,
  type WantedProgramme,
} from '../../fhir/balance.ts';
import { useLanguage } from '../../translations/language.tsx';
import {
  earlier,
  holdIn,
  holdsIn,
  ladderIn,
  problemOf,
  sessionsIn,
  SUGGESTED,
  without,
  withAnother,
  withStance,
  type LevelDraft,
  type LevelProblem,
} from './balance_draft.ts';
import { BalanceLadder } from './balance_ladder.tsx';
import { NO_TERMS, OwnOrders, TermsFields, type Common } from './own_orders_section.tsx';

/** Daily, every other day, weekly: once would never get harder. */
const OFTEN = [1, 2, 7];

type Wanted = Omit<WantedProgramme, keyof Common | 'name'>;

function LevelFields({
  number,
  level,
  problem,
  onLevel,
  onEarlier,
  onRemove,
}: {
  number: number;
  level: LevelDraft;
  problem: LevelProblem | undefined;
  onLevel: (level: LevelDraft) => void;
  /** Undefined: it is the first. */
  onEarlier: (() => void) | undefined;
  onRemove: () => void;
}) {
  const { t } = useLanguage();
  const error = useProblem(problem && t(`orders.balance.problem.${problem}`));
  return (
    <fieldset className="balance-level">
      <legend>{t('balance.level', { number })}</legend>
      <Stack gap="sm">
        <NativeSelect
          label={t('orders.balance.stance')}
          value={level.stance}
          data={STANCES.map((one) => ({ value: one, label: t(`balance.stance.${one}`) }))}
          onChange={(event) =>
            onLevel(withStance(level, STANCES.find((one) => one === event.currentTarget.value) ?? level.stance))
          }
          error={error}
        />
        {level.stance === 'single-leg' && (
          <NativeSelect
            label={t('orders.balance.side')}
            value={level.side ?? ''}
            data={[
              { value: '', label: '' },
              ...(['left', 'right'] as const).map((one) => ({ value: one, label: t(`plan.side.${one}`) })),
            ]}
            onChange={(event) => {
              const { value } = event.currentTarget;
              onLevel({ ...level, side: value === 'left' || value === 'right' ? value : null });
            }}
          />
        )}
        <Group gap="md">
          {HAZARDS.map((hazard) => (
            <Checkbox
              key={hazard}
              label={t(`balance.hazard.${hazard}`)}
              checked={level[hazard]}
              onChange={(event) => onLevel({ ...level, [hazard]: event.currentTarget.checked })}
            />
          ))}
        </Group>
        <Group grow align="flex-start">
          <Field
            label={t('orders.balance.hold')}
            inputMode="numeric"
            value={level.hold}
            onValue={(hold) => onLevel({ ...level, hold })}
            problem={holdIn(level) === undefined ? t('orders.balance.whole', HOLD_SECONDS) : undefined}
          />
          <Field
            label={t('orders.balance.holds')}
            inputMode="numeric"
            value={level.holds}
            onValue={(holds) => onLevel({ ...level, holds })}
            problem={
              holdsIn(level) === undefined ? t('orders.balance.whole', { least: 1, most: MOST_HOLDS }) : undefined
            }
          />
        </Group>
        <Group gap="xs">
          {onEarlier && (
            <Button
              size="compact-sm"
              variant="default"
              onClick={onEarlier}
              aria-label={t('orders.balance.earlier.of', { number })}
            >
              {t('orders.balance.earlier')}
            </Button>
          )}
          <Button
            size="compact-sm"
            variant="default"
            onClick={onRemove}
            aria-label={t('orders.balance.remove.of', { number })}
          >
            {t('orders.balance.remove')}
          </Button>
        </Group>
      </Stack>
    </fieldset>
  );
}

function NewProgramme({ onClose, onAsk }: { onClose: () => void; onAsk: (wanted: Wanted) => Promise<void> }) {
  const { t } = useLanguage();
  const [draft, setDraft] = useState(SUGGESTED);
  const [terms, setTerms] = useState({ ...NO_TERMS, everyDays: 1 });
  const ask = async () => {
    const ladder = ladderIn(draft);
    const { helper } = terms;
    if (ladder && helper !== undefined) await onAsk({ ...ladder, ...terms, helper });
  };
  const onLevel = (next: LevelDraft) =>
    setDraft((before) => ({ ...before, levels: before.levels.map((one) => (one.key === next.key ? next : one)) }));
  return (
    <Dialog title={t('orders.balance.new')} onClose={onClose}>
      <Form submit={t('orders.ask')} onSubmit={ask}>
        <Alert tone="plain">{t('orders.balance.suggested')}</Alert>
        {draft.levels.map((level, i) => (
          <LevelFields
            key={level.key}
            number={i + 1}
            level={level}
            problem={problemOf(draft, level)}
            onLevel={onLevel}
            onEarlier={i === 0 ? undefined : () => setDraft((before) => earlier(before, level.key))}
            onRemove={() => setDraft((before) => without(before, level.key))}
          />
        ))}
        {draft.levels.length < MOST_LEVELS && (
          <Button variant="default" onClick={() => setDraft((before) => withAnother(before, crypto.randomUUID()))}>
            {t('orders.balance.add')}
          </Button>
        )}
        <Field
          label={t('orders.balance.sessions')}
          description={t('orders.balance.sessions.what')}
          inputMode="numeric"
          value={draft.sessions}
          onValue={(sessions) => setDraft((before) => ({ ...before, sessions }))}
          problem={
            sessionsIn(draft) === undefined ? t('orders.balance.whole', { least: 1, most: MOST_SESSIONS }) : undefined
          }
        />
        <TermsFields
          often={OFTEN}
          terms={terms}
          onTerms={(change) => setTerms((before) => ({ ...before, ...change }))}
        />
      </Form>
    </Dialog>
  );
}

/** Stances that get harder only to levels that were released one by one. */
export function BalanceProgrammes({
  chart,
  ladders,
  plan,
  undo,
}: {
  chart: Chart;
  /** As the engine reads the programme. */
  ladders: readonly BalanceRequest[];
  plan: string;
  undo: Undo;
}) {
  const { t, counted } = useLanguage();
  const readOf = (id: string) => ladders.find(({ request, problem }) => request === id && problem === null);
  return (
    <OwnOrders<Wanted>
      kind="balance-programme"
      chart={chart}
      reads={ladders}
      plan={plan}
      undo={undo}
      texts={{
        title: t('orders.balance.title'),
        new: t('orders.balance.new'),
        none: t('orders.balance.none'),
        lead: t('orders.balance.lead'),
      }}
      titleOf={() => t('balance.name')}
      detailsOf={({ request }) => {
        const read = readOf(request.id);
        return read ? [counted('orders.balance.harderAfter', read.sessions)] : [];
      }}
      make={(wanted, common) => balanceRequest({ ...wanted, ...common, name: t('balance.name') })}
      below={({ request }) => {
        const read = readOf(request.id);
        return read && <BalanceLadder chart={chart} request={request} read={read} undo={undo} />;
      }}
      form={(_, onClose, onAsk) => <NewProgramme onClose={onClose} onAsk={onAsk} />}
    />
  );
}
