// SPDX-License-Identifier: Apache-2.0
// A lift by the NIOSH equation, from what a person measured; computed as it is typed.
import { Button, Switch, Table, TextInput } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { LiftMultipliers, LiftResult } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { Choices } from '../../components/choices.tsx';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { engine } from '../../data/engine.ts';
import { queryKeys } from '../../data/query_keys.ts';
import { useLanguage } from '../../translations/language.tsx';
import { ids } from '../assess/accept.ts';
import { Notes } from '../clips/notes.tsx';
import {
  againstLimit,
  indexDigits,
  LEAST,
  liftIn,
  MOST,
  NO_LIFT,
  typed,
  type LiftField,
  type TypedLift,
} from './model.ts';
import { useRangeWords } from './use_range_words.ts';
import type { Keep } from './keep.ts';

const COUPLINGS = ['open', 'good', 'fair', 'poor'] as const;
const MULTIPLIERS = ['horizontal', 'vertical', 'distance', 'asymmetry', 'frequency', 'coupling'] as const;

interface FieldProps {
  lift: TypedLift;
  onLift: (lift: TypedLift) => void;
  field: LiftField;
  label: string;
  unit: string;
  why?: string;
}

function Field({ lift, onLift, field, label, unit, why }: FieldProps) {
  const { t, number } = useLanguage();
  const wrong = typed(lift, field) === undefined;
  return (
    <TextInput
      label={label}
      value={lift[field]}
      inputMode="decimal"
      rightSection={unit}
      rightSectionWidth="3.2rem"
      description={why}
      error={wrong ? t('workload.number.wrong', { least: number(LEAST[field]), most: MOST[field] }) : undefined}
      onChange={(event) => onLift({ ...lift, [field]: event.currentTarget.value })}
    />
  );
}

type EndProps = Pick<FieldProps, 'lift' | 'onLift'>;

function Begins(of: EndProps) {
  const { t } = useLanguage();
  return (
    <fieldset>
      <legend>{t('workload.lift.begins')}</legend>
      <Field {...of} field="weight_kg" label={t('workload.lift.weight_kg')} unit="kg" />
      <Field {...of} field="horizontal_cm" label={t('workload.lift.horizontal_cm')} unit="cm" />
      <Field {...of} field="vertical_cm" label={t('workload.lift.vertical_cm')} unit="cm" />
      <Field
        {...of}
        field="asymmetry_deg"
        label={t('workload.lift.asymmetry_deg')}
        unit="°"
        why={t('workload.lift.missing')}
      />
    </fieldset>
  );
}

function Ends(of: EndProps) {
  const { t } = useLanguage();
  const { lift, onLift } = of;
  return (
    <fieldset>
      <legend>{t('workload.lift.ends')}</legend>
      <Field {...of} field="to_vertical_cm" label={t('workload.lift.vertical_cm')} unit="cm" />
      <Switch
        label={t('workload.lift.control')}
        checked={lift.control}
        onChange={(event) => onLift({ ...lift, control: event.currentTarget.checked })}
      />
      {lift.control && (
        <>
          <Field {...of} field="to_horizontal_cm" label={t('workload.lift.horizontal_cm')} unit="cm" />
          <Field
            {...of}
            field="to_asymmetry_deg"
            label={t('workload.lift.asymmetry_deg')}
            unit="°"
            why={t('workload.lift.missing')}
          />
        </>
      )}
    </fieldset>
  );
}

function Often(of: EndProps) {
  const { t } = useLanguage();
  const { lift, onLift } = of;
  return (
    <fieldset>
      <legend>{t('workload.lift.often')}</legend>
      <Field
        {...of}
        field="lifts_per_minute"
        label={t('workload.lift.lifts_per_minute')}
        unit={t('workload.lift.unit.perMinute')}
      />
      <Field {...of} field="hours" label={t('workload.lift.hours')} unit="h" why={t('workload.lift.hours.why')} />
      <Choices
        label={t('workload.lift.coupling')}
        choices={COUPLINGS.map((value) => ({
          value,
          label: t(value === 'open' ? 'workload.open' : `workload.choice.${value}`),
        }))}
        value={lift.coupling}
        onValue={(coupling) => onLift({ ...lift, coupling })}
      />
    </fieldset>
  );
}

function Multipliers({ result }: { result: LiftResult }) {
  const { t, language } = useLanguage();
  const words = useRangeWords();
  const shown = (digits: number) => (value: number) =>
    value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const ends = [
    ['workload.lift.begins', result.origin],
    ...(result.destination ? [['workload.lift.ends', result.destination] as const] : []),
  ] as readonly (readonly ['workload.lift.begins' | 'workload.lift.ends', LiftMultipliers])[];
  return (
    <div className="scrolled">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('workload.lift.multiplier')}</Table.Th>
            {ends.map(([name]) => (
              <Table.Th key={name}>{t(name)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Table.Tr>
            <Table.Td>{t('workload.lift.multiplier.constant')}</Table.Td>
            {ends.map(([name]) => (
              <Table.Td key={name}>{result.loadConstant_kg} kg</Table.Td>
            ))}
          </Table.Tr>
          {MULTIPLIERS.map((one) => (
            <Table.Tr key={one} data-multiplier={one}>
              <Table.Td>{t(`workload.lift.multiplier.${one}`)}</Table.Td>
              {ends.map(([name, { [one]: range }]) => (
                <Table.Td key={name}>× {words([range.least, range.most], shown(2))}</Table.Td>
              ))}
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Th>{t('workload.lift.multiplier.limit_kg')}</Table.Th>
            {ends.map(([name, { limit_kg }]) => (
              <Table.Th key={name}>{words([limit_kg.least, limit_kg.most], shown(1))} kg</Table.Th>
            ))}
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </div>
  );
}

function Outcome({ result }: { result: LiftResult }) {
  const { t, language } = useLanguage();
  const words = useRangeWords();
  const { limit_kg, index } = result;
  const shown = (digits: number) => (value: number) =>
    value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return (
    <>
      <div className="summary" role="status">
        <p className="headline">
          {t('workload.lift.limit')}: <strong data-limit>{words([limit_kg.least, limit_kg.most], shown(1))} kg</strong>
        </p>
        {index ? (
          <p>
            {t('workload.lift.index')}:{' '}
            <strong data-index>{words([index.least, index.most], shown(indexDigits(index)))}</strong>.{' '}
            {t(`workload.lift.index.${againstLimit(index)}`)}
          </p>
        ) : (
          <p>
            {t('workload.lift.index')}: {t('workload.lift.index.none')}
          </p>
        )}
      </div>
      <h3>{t('workload.lift.multipliers')}</h3>
      <Multipliers result={result} />
      <Notes result={result} />
    </>
  );
}

/** A repeated request changes nothing in the record: other inputs need other ids. */
const entered = () => ({ ...ids(), startedAt: new Date().toISOString(), duration_s: 0 });

interface Props {
  /** The typed inputs stay. */
  hidden: boolean;
  simulated: boolean;
  keep: Keep;
}

export function Lifting({ hidden, simulated, keep }: Props) {
  const { t } = useLanguage();
  const [lift, setLift] = useState(NO_LIFT);
  const [of, setOf] = useState(entered);
  const request = liftIn(lift, { startedAt: of.startedAt, simulated });
  const computed = useQuery({
    queryKey: queryKeys.lift(JSON.stringify(request ?? null)),
    queryFn: async () => (request ? (await engine()).lift(request) : null),
    placeholderData: keepPreviousData,
  });
  const result = request && computed.data ? computed.data : undefined;
  const put = (next: TypedLift) => {
    keep.onBegin();
    setLift(next);
    setOf(entered());
  };
  if (hidden) return null;
  return (
    <div className="asked-and-scored lifting">
      <div className="questions" inert={keep.busy}>
        <Begins lift={lift} onLift={put} />
        <Ends lift={lift} onLift={put} />
        <Often lift={lift} onLift={put} />
      </div>
      <div className="scores" role="group" aria-label={t('workload.lift.result')}>
        {result ? <Outcome result={result} /> : <Alert tone="good">{t('workload.lift.fill')}</Alert>}
        <p className="small">{t('workload.lift.holds')}</p>
        <FailureAlert failure={keep.failure ?? computed.error} />
        <div className="actions">
          <Button
            size="md"
            loading={keep.busy}
            disabled={!result || computed.isPlaceholderData}
            onClick={() => result && keep.onAccept({ result, of })}
          >
            {t('rom.accept')}
          </Button>
          <Button size="md" variant="default" disabled={keep.busy} onClick={() => put(NO_LIFT)}>
            {t('rom.discard')}
          </Button>
        </div>
      </div>
    </div>
  );
}
