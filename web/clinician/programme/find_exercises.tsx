// SPDX-License-Identifier: Apache-2.0
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useDeferredValue, useState } from 'react';
import type { Exercise, ContraindicationHit } from 'reprise-engine';
import { MovingFigure } from '../../components/figure.tsx';
import { Link } from '../../components/link.tsx';
import { Badge } from '../../components/badge.tsx';
import { Section } from '../../components/section.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { EVERYTHING, said, search, type Known, type Template, type Wanted } from './catalog.ts';
import type { Bearing } from './draft.ts';
import { CHOICES, type BuilderWords } from './words.ts';

const WEIGHT: readonly Bearing[] = ['none', 'partial', 'full'];
const FIRST = 12;

interface Props {
  all: readonly Known[];
  templates: readonly Template[];
  uses: ReadonlyMap<string, ReadonlySet<string>>;
  contraindications: ReadonlyMap<string, readonly ContraindicationHit[]>;
  bearing: Bearing;
  figureOf: (id: string) => Exercise | undefined;
  words: BuilderWords;
  onAdd: (known: Known) => void;
}

/**
 * The catalog, searched as one types; what speaks against an exercise is said, and a clinician may still choose it.
 */
export function FindExercises({ all, templates, uses, contraindications, bearing, figureOf, words, onAdd }: Props) {
  const { t, language, counted } = useLanguage();
  const [wanted, setWanted] = useState<Wanted>(EVERYTHING);
  const [more, setMore] = useState(false);
  const found = search(all, useDeferredValue(wanted), language, uses);
  const set = (change: Partial<Wanted>) => {
    setMore(false);
    setWanted({ ...wanted, ...change });
  };
  const any = { value: '', label: t('plan.any') };
  const tooHeavy = ({ file }: Known) => WEIGHT.indexOf(file.load?.weight_bearing ?? 'none') > WEIGHT.indexOf(bearing);
  return (
    <Section title={t('plan.find')} action={<Link href="/exercise">{t('plan.exercise.new')}</Link>}>
      <div className="plan-fields search" role="search">
        <TextInput
          type="search"
          label={t('plan.search')}
          value={wanted.words}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => set({ words: currentTarget.value })}
        />
        <NativeSelect
          label={t('plan.search.region')}
          value={wanted.region}
          data={[any, ...CHOICES.region.map((value) => ({ value, label: t(`plan.region.${value}`) }))]}
          onChange={({ currentTarget }) => set({ region: currentTarget.value })}
        />
        <NativeSelect
          label={t('plan.search.equipment')}
          value={wanted.equipment}
          data={[
            any,
            { value: 'none', label: t('plan.equipment.none') },
            ...CHOICES.equipment.map((value) => ({ value, label: t(`plan.equipment.${value}`) })),
          ]}
          onChange={({ currentTarget }) => set({ equipment: currentTarget.value })}
        />
        <NativeSelect
          label={t('plan.search.position')}
          value={wanted.position}
          data={[any, ...CHOICES.position.map((value) => ({ value, label: t(`plan.position.${value}`) }))]}
          onChange={({ currentTarget }) => set({ position: currentTarget.value })}
        />
        <NativeSelect
          label={t('plan.search.template')}
          value={wanted.template}
          data={[any, ...templates.map(({ file }) => ({ value: file.id, label: said(file.title, language) }))]}
          onChange={({ currentTarget }) => set({ template: currentTarget.value })}
        />
      </div>
      <p className="small" role="status">
        {counted('plan.found', found.length)}
      </p>
      <ul className="plan-found">
        {found.slice(0, more ? undefined : FIRST).map((known) => {
          const { file } = known;
          const name = words.exercise(file.id);
          const against = contraindications.get(file.id) ?? [];
          const figure = figureOf(file.id);
          const [first] = against;
          return (
            <li key={file.id}>
              {figure && (
                <MovingFigure exercise={figure} mirror={false} label={t('introduce.figure', { name })} moving={false} />
              )}
              <div>
                <strong>{name}</strong>
                <p className="small">
                  {[
                    ...file.regions.map((region) => t(`plan.region.${region as 'hip'}`)),
                    ...(file.equipment ?? [])
                      .filter(({ required }) => required)
                      .map(({ item }) => t(`plan.equipment.${item as 'chair'}`)),
                  ].join(' · ')}
                </p>
                {tooHeavy(known) && <Badge tone="bad">{t('plan.tooHeavy')}</Badge>}
                {first && (
                  <details className="objections">
                    <summary>
                      <Badge tone={first.severity === 'contraindicated' ? 'bad' : 'careful'}>
                        {t(`plan.${first.severity}`)}
                      </Badge>
                    </summary>
                    <ul className="plain small">
                      {against.map((one) => (
                        <li key={`${one.rule ?? ''} ${one.because.code} ${one.measure ?? ''}`}>
                          {words.contraindication(one)}
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </div>
              <Button size="compact-sm" onClick={() => onAdd(known)} aria-label={t('plan.add.of', { name })}>
                {t('plan.add')}
              </Button>
            </li>
          );
        })}
      </ul>
      {found.length === 0 && <p className="none">{t('plan.found.none')}</p>}
      {found.length > FIRST && !more && (
        <Button variant="default" size="sm" onClick={() => setMore(true)}>
          {counted('plan.found.more', found.length - FIRST)}
        </Button>
      )}
    </Section>
  );
}
