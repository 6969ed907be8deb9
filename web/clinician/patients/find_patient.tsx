// SPDX-License-Identifier: Apache-2.0
import { TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useWhoWords, WhoIs } from '../../components/who.tsx';
import { loadPatients } from '../../data/patients.ts';
import { isMeant, type Who } from '../../fhir/people.ts';
import { failureOf, type Failure } from '../../data/api.ts';
import { FailureAlert } from '../../components/failure_alert.tsx';
import { useLanguage } from '../../translations/language.tsx';
import { go } from '../../hooks/route.ts';
import { addressOfChart } from '../../clinical/chart/address.ts';

const MOST = 8;
/** How long a list is used as it is; a new patient is found after that. */
const FRESH_MS = 60_000;

/** Loads the own patients when the search begins. */
function usePatients() {
  const [all, setAll] = useState<readonly Who[]>([]);
  const [failure, setFailure] = useState<Failure>();
  const at = useRef(-Infinity);
  const refresh = () => {
    if (Date.now() - at.current < FRESH_MS) return;
    at.current = Date.now();
    setFailure(undefined);
    loadPatients().then(setAll, (error: unknown) => {
      at.current = -Infinity;
      setFailure(failureOf(error));
    });
  };
  return { all, failure, refresh };
}

/** In the header of every page: a patient by name or birth date, and to the chart. Ctrl+K leads to it. */
export function FindPatient() {
  const { t } = useLanguage();
  const { date } = useWhoWords();
  const input = useRef<HTMLInputElement>(null);
  const list = useId();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const { all, failure, refresh } = usePatients();
  const found = typed.trim() === '' ? [] : all.filter((who) => isMeant(who, typed, date(who))).slice(0, MOST);
  const shown = open && typed.trim() !== '';
  const current = found[Math.min(at, found.length - 1)];
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (
        event.key.toLowerCase() !== 'k' ||
        !(event.ctrlKey || event.metaKey) ||
        event.altKey ||
        event.shiftKey ||
        document.querySelector('[role="dialog"]')
      )
        return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  const choose = (who: Who | undefined) => {
    if (!who) return;
    setTyped('');
    setOpen(false);
    input.current?.blur();
    go(addressOfChart(who.id));
  };
  const press = (event: KeyboardEvent) => {
    // These keys mean something else on the page below.
    event.stopPropagation();
    event.nativeEvent.stopPropagation();
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setAt(Math.max(0, Math.min(found.length - 1, at + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter') choose(current);
    else if (event.key === 'Escape') setOpen(false);
  };
  return (
    <div
      className="find"
      onBlur={({ relatedTarget, currentTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <TextInput
        ref={input}
        type="search"
        size="sm"
        aria-label={t('find.label')}
        placeholder={t('find.placeholder')}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={shown}
        aria-controls={list}
        aria-autocomplete="list"
        aria-keyshortcuts="Control+K"
        {...(shown && current && { 'aria-activedescendant': `${list}-${current.id}` })}
        onFocus={() => {
          refresh();
          setOpen(true);
        }}
        onKeyDown={press}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setAt(0);
          setOpen(true);
          refresh();
        }}
      />
      <p className="hidden" role="status">
        {shown && t('who.found', { count: found.length })}
      </p>
      <div className="find-found" hidden={!shown}>
        <FailureAlert failure={failure} />
        {!failure && found.length === 0 && <p className="none">{t('who.noOne')}</p>}
        <ul id={list} role="listbox" aria-label={t('people.patients')}>
          {found.map((who) => (
            <li
              key={who.id}
              id={`${list}-${who.id}`}
              role="option"
              aria-selected={who === current}
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(who)}
            >
              <WhoIs who={who} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
