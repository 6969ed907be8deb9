// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { Exercise, IntensityProposal, ContraindicationHit } from 'reprise-engine';
import { MovingFigure } from '../../components/figure.tsx';
import { Alert } from '../../components/alert.tsx';
import { Badge } from '../../components/badge.tsx';
import { worksLeft } from '../../exercises/prescribed.ts';
import { useLanguage } from '../../translations/language.tsx';
import { OwnFilmDialog } from '../films/own_film.tsx';
import type { Known } from './catalog.ts';
import { SIDES, sidesOf, type Item, type Sides } from './draft.ts';
import { isAngle } from './measures.ts';
import { MuscleFields } from './muscle_fields.tsx';
import type { BuilderWords } from './words.ts';

export interface Row {
  item: Item;
  known: Known | undefined;
  figure: Exercise | undefined;
  /** The ceiling that binds, the programme's limits with it. */
  bound: number | null;
  contraindications: readonly ContraindicationHit[];
  problem: string | undefined;
  /** No side is chosen yet. */
  sideMissing: boolean;
  /** It is done by the side that has no problem. */
  otherSide: boolean;
  proposal: IntensityProposal | undefined;
}

interface RowProps {
  row: Row;
  place: number;
  count: number;
  open: boolean;
  dragged: boolean;
  words: BuilderWords;
  onOpen: () => void;
  onEdit: (change: Partial<Item>) => void;
  onMove: (to: number) => void;
  onRemove: () => void;
  onSwap: (exercise: string) => void;
  onDecide: (proposal: IntensityProposal, accepted: boolean) => void;
  onGrab: (event: PointerEvent) => void;
}

const whole = (set: (value: number) => void) => (value: number | string) => {
  if (typeof value === 'number') set(value);
};
const orNull = (set: (value: number | null) => void) => (value: number | string) =>
  set(typeof value === 'number' ? value : null);

function OwnFilmOf({ known, name }: { known: Known; name: string }) {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const { id, sides } = known.file;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)} aria-label={t('ownFilm.of', { name })}>
        {t('ownFilm.title')}
      </Button>
      {open && <OwnFilmDialog exercise={{ id, name, sided: sides.sided }} onClose={() => setOpen(false)} />}
    </>
  );
}

function Dosage({ row: { item, known }, onEdit }: Pick<RowProps, 'row' | 'onEdit'>) {
  const { t } = useLanguage();
  const measure = known?.file.primary.measure ?? '';
  const suffix = isAngle(measure) ? '°' : '';
  const choices = known ? sidesOf(known.file) : [];
  return (
    <>
      <div className="plan-fields dosage">
        {choices.length > 0 && (
          <NativeSelect
            label={t('plan.field.side')}
            value={item.side ?? ''}
            error={item.side === null && t('plan.side.choose')}
            data={[
              ...(item.side === null ? [{ value: '', label: t('plan.side.unset') }] : []),
              ...SIDES.filter((side) => choices.includes(side)).map((side) => ({
                value: side,
                label: t(`plan.side.${side}`),
              })),
            ]}
            onChange={({ currentTarget }) => {
              if (currentTarget.value !== '') onEdit({ side: currentTarget.value as Sides });
            }}
          />
        )}
        <NumberInput
          label={t('plan.field.sets')}
          value={item.sets}
          min={1}
          max={10}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={whole((sets) => onEdit({ sets }))}
        />
        <NumberInput
          label={t(item.hold === null ? 'plan.field.repetitions' : 'plan.holds')}
          value={item.repetitions}
          min={1}
          max={50}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={whole((repetitions) => onEdit({ repetitions }))}
        />
        {item.hold !== null && (
          <NumberInput
            label={t('plan.field.hold')}
            value={item.hold}
            min={1}
            max={120}
            suffix=" s"
            clampBehavior="strict"
            onChange={whole((hold) => onEdit({ hold }))}
          />
        )}
        <NumberInput
          label={t('plan.field.days')}
          value={item.days}
          min={1}
          max={7}
          allowDecimal={false}
          clampBehavior="strict"
          onChange={whole((days) => onEdit({ days }))}
        />
        <NumberInput
          label={t('plan.field.rest')}
          value={item.rest}
          min={0}
          max={600}
          step={5}
          suffix=" s"
          clampBehavior="strict"
          onChange={whole((rest) => onEdit({ rest }))}
        />
        <NumberInput
          label={t('plan.field.load')}
          value={item.load ?? ''}
          min={0.1}
          max={300}
          step={0.5}
          decimalScale={2}
          suffix=" kg"
          clampBehavior="strict"
          onChange={orNull((load) => onEdit({ load }))}
        />
        <NumberInput
          label={t('plan.field.target')}
          description={known && t('plan.own', { value: `${known.file.range.target}${suffix}` })}
          value={item.target ?? ''}
          suffix={suffix}
          onChange={orNull((target) => onEdit({ target }))}
        />
        <NumberInput
          label={t('plan.field.ceiling')}
          description={
            known?.file.range.ceiling === undefined
              ? t('plan.own.none')
              : t('plan.own', { value: `${known.file.range.ceiling}${suffix}` })
          }
          value={item.ceiling ?? ''}
          suffix={suffix}
          onChange={orNull((ceiling) => onEdit({ ceiling }))}
        />
      </div>
      <MuscleFields item={item} onEdit={onEdit} />
      <div className="plan-fields">
        <TextInput
          label={t('plan.field.instruction')}
          value={item.instruction}
          maxLength={500}
          onChange={({ currentTarget }) => onEdit({ instruction: currentTarget.value })}
        />
        <TextInput
          label={t('plan.field.support')}
          value={item.support}
          maxLength={200}
          onChange={({ currentTarget }) => onEdit({ support: currentTarget.value })}
        />
        <Switch
          label={t('plan.field.helper')}
          checked={item.helper}
          onChange={({ currentTarget }) => onEdit({ helper: currentTarget.checked })}
        />
        <Switch
          label={t('plan.field.camera')}
          checked={item.camera}
          onChange={({ currentTarget }) => onEdit({ camera: currentTarget.checked })}
        />
      </div>
    </>
  );
}

function Proposed({
  proposal,
  item,
  words,
  onDecide,
  onSwap,
}: {
  proposal: IntensityProposal;
  item: Item;
  words: BuilderWords;
  onDecide: RowProps['onDecide'];
  onSwap: RowProps['onSwap'];
}) {
  const { t, number, day } = useLanguage();
  return (
    <div className="notice proposal" data-tone={proposal.change === 'raise' ? 'good' : 'careful'}>
      <p>{words.proposal(proposal, item)}</p>
      <details>
        <summary>{t('plan.proposal.why')}</summary>
        <ul className="plain small">
          {proposal.days.map((one) => (
            <li key={one.day}>
              {day(one.day)}: {t('plan.proposal.day', { share: Math.round(one.share * 100) })}
              {one.pain !== null && `, ${t('chart.pain')} ${number(one.pain)}`}
              {one.painRise !== null && one.painRise > 0 && ` (+${number(one.painRise)})`}
              {one.effort !== null && `, ${t('chart.effort')} ${number(one.effort)}`}
              {one.quality !== null && `, ${t('chart.quality')} ${number(Math.round(one.quality))}`}
              {one.stoppedForPain && `, ${t('plan.reason.stopped_for_pain')}`}
            </li>
          ))}
        </ul>
        <p className="small">{t('plan.proposal.rules', { version: proposal.rules })}</p>
      </details>
      <div className="actions">
        {proposal.instead.length === 0 && (
          <Button size="compact-sm" onClick={() => onDecide(proposal, true)}>
            {t('plan.proposal.accept')}
          </Button>
        )}
        {proposal.instead.map((id) => (
          <Button
            key={id}
            size="compact-sm"
            onClick={() => {
              onDecide(proposal, true);
              onSwap(id);
            }}
          >
            {t('plan.proposal.swap', { name: words.exercise(id) })}
          </Button>
        ))}
        <Button size="compact-sm" variant="default" onClick={() => onDecide(proposal, false)}>
          {t('plan.proposal.refuse')}
        </Button>
      </div>
    </div>
  );
}

function One({
  row,
  place,
  count,
  open,
  dragged,
  words,
  onOpen,
  onEdit,
  onMove,
  onRemove,
  onSwap,
  onDecide,
  onGrab,
}: RowProps) {
  const { t } = useLanguage();
  const { item, known, figure, bound, contraindications, problem, sideMissing, otherSide, proposal } = row;
  const name = words.exercise(item.exercise);
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'ArrowUp' && place > 0) onMove(place - 1);
    else if (event.key === 'ArrowDown' && place < count - 1) onMove(place + 1);
    else return;
    event.preventDefault();
  };
  return (
    <li className="plan-item" data-dragged={dragged || undefined} data-key={item.key}>
      <button
        type="button"
        className="grip"
        aria-label={t('plan.move', { name, place: place + 1, count })}
        title={t('plan.move.how')}
        onPointerDown={onGrab}
        onKeyDown={keys}
      >
        ⠿
      </button>
      {figure ? (
        <MovingFigure
          exercise={figure}
          mirror={worksLeft(figure.facts(), item.side)}
          label={t('introduce.figure', { name })}
          moving={open}
        />
      ) : (
        <span className="figure" />
      )}
      <div className="what">
        <p>
          <strong>{name}</strong>{' '}
          {item.side && <Badge tone={otherSide ? 'bad' : 'careful'}>{t(`plan.side.${item.side}`)}</Badge>}{' '}
          {otherSide && <Badge tone="bad">{t('plan.otherSide')}</Badge>}{' '}
          {item.fresh && <Badge tone="good">{t('plan.new')}</Badge>}
          {bound !== null && known && (
            <>
              {' '}
              <Badge tone="bad">{t('chart.ceiling', { value: words.amount(bound, known.file.primary.measure) })}</Badge>
            </>
          )}
          {(item.helper || item.support !== '') && (
            <>
              {' '}
              <Badge tone="careful">
                {[...(item.helper ? [t('chart.helper')] : []), ...(item.support ? [item.support] : [])].join('; ')}
              </Badge>
            </>
          )}
        </p>
        <p className="small">
          {words.dose({ ...item, side: null })}
          {item.muscle !== null && item.muscle.share > 0 && ` · ${words.muscle(item.muscle)}`}
          {item.instruction && ` · ${item.instruction}`}
        </p>
        {!known && <Alert tone="bad">{t('plan.gone')}</Alert>}
        {sideMissing && known && (
          <div className="notice" data-tone="bad" role="group" aria-label={t('plan.side.choose.of', { name })}>
            <p>{t('plan.side.choose')}</p>
            <div className="actions">
              {sidesOf(known.file).map((side) => (
                <Button key={side} size="compact-sm" variant="default" onClick={() => onEdit({ side })}>
                  {t(`plan.side.${side}`)}
                </Button>
              ))}
            </div>
          </div>
        )}
        {problem && known && !sideMissing && <Alert tone="bad">{t('plan.problem', { why: problem })}</Alert>}
        {contraindications.length > 0 && (
          <ul className="plain objections">
            {contraindications.map((one) => {
              const tone = one.severity === 'contraindicated' ? 'bad' : 'careful';
              return (
                <li key={`${one.rule ?? ''} ${one.because.code} ${one.measure ?? ''}`}>
                  <Badge tone={tone}>{t(`plan.${one.severity}`)}</Badge> {words.contraindication(one)}
                </li>
              );
            })}
          </ul>
        )}
        {proposal && <Proposed proposal={proposal} item={item} words={words} onDecide={onDecide} onSwap={onSwap} />}
        {open && known && (
          <>
            <Dosage row={row} onEdit={onEdit} />
            <OwnFilmOf known={known} name={name} />
          </>
        )}
      </div>
      <div className="end">
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          disabled={!known}
          onClick={onOpen}
          aria-label={t(open ? 'plan.close.of' : 'plan.edit.of', { name })}
        >
          {t(open ? 'plan.close' : 'plan.edit')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onRemove} aria-label={t('plan.remove.of', { name })}>
          {t('plan.remove')}
        </Button>
      </div>
    </li>
  );
}

interface Props {
  rows: readonly Row[];
  words: BuilderWords;
  onEdit: (key: string, change: Partial<Item>) => void;
  onMove: (key: string, to: number) => void;
  onRemove: (key: string) => void;
  onSwap: (key: string, exercise: string) => void;
  onDecide: (proposal: IntensityProposal, accepted: boolean) => void;
}

/** The exercises in their order: dragged by mouse, pen or finger, or moved by the arrow keys. */
export function Items({ rows, words, onEdit, onMove, onRemove, onSwap, onDecide }: Props) {
  const { t } = useLanguage();
  const [open, setOpen] = useState<string>();
  const [dragged, setDragged] = useState<string>();
  const list = useRef<HTMLOListElement>(null);
  const grab = (key: string) => (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    setDragged(key);
  };
  const drag = (event: PointerEvent) => {
    if (!dragged) return;
    const all = [...(list.current?.children ?? [])];
    const at = all.findIndex((one) => {
      const { top, bottom } = one.getBoundingClientRect();
      return event.clientY >= top && event.clientY < bottom;
    });
    const from = rows.findIndex(({ item }) => item.key === dragged);
    const over = all[at]?.getBoundingClientRect();
    // A row moves when the pointer passes the middle, so that rows of different heights do not swap to and fro.
    if (at < 0 || at === from || !over) return;
    const middle = (over.top + over.bottom) / 2;
    if (at > from ? event.clientY > middle : event.clientY < middle) onMove(dragged, at);
  };
  const drop = () => setDragged(undefined);
  if (rows.length === 0) return <p className="none">{t('plan.empty')}</p>;
  return (
    <ol className="plan-items" ref={list} onPointerMove={drag} onPointerUp={drop} onPointerCancel={drop}>
      {rows.map((row, place) => {
        const { key } = row.item;
        return (
          <One
            key={key}
            row={row}
            place={place}
            count={rows.length}
            open={open === key}
            dragged={dragged === key}
            words={words}
            onOpen={() => setOpen(open === key ? undefined : key)}
            onEdit={(change) => onEdit(key, change)}
            onMove={(to) => onMove(key, to)}
            onRemove={() => onRemove(key)}
            onSwap={(exercise) => onSwap(key, exercise)}
            onDecide={onDecide}
            onGrab={grab(key)}
          />
        );
      })}
    </ol>
  );
}
