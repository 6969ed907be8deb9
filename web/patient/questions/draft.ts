// SPDX-License-Identifier: Apache-2.0
// Answers that are not finished, kept on the device until they are.
import type { Questionnaire } from 'fhir/r4';
import { useEffect, useEffectEvent, useState } from 'react';
import { initialAnswers } from '../../fhir/questionnaire/logic.ts';
import type { Answers, Given } from '../../fhir/questionnaire/model.ts';
import { localStore } from '../../data/local_store.ts';

export function useAnswers(account: string, { url, version, item = [] }: Questionnaire) {
  // Another version may ask something else by the same name.
  const key = `answers ${account} ${url}|${version ?? ''}`;
  const [answers, setAnswers] = useState<Answers>();
  const initial = useEffectEvent(() => initialAnswers(item));
  useEffect(() => {
    let here = true;
    const start = (before: Answers | undefined) => {
      if (here) setAnswers(before ?? initial());
    };
    localStore()
      .then((kept) => kept.value<Answers>(key))
      .then(start, () => start(undefined));
    return () => {
      here = false;
    };
  }, [key]);
  const keep = (next: Answers) => {
    setAnswers(next);
    void localStore()
      .then((kept) => kept.putValue(key, next))
      .catch(() => {});
  };
  return {
    answers,
    answer: (linkId: string, given: Given | undefined) => {
      if (answers) keep({ ...answers, [linkId]: given });
    },
    async forget() {
      await (await localStore()).removeValue(key).catch(() => {});
    },
  };
}
