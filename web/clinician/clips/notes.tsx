// SPDX-License-Identifier: Apache-2.0
import type { MeasuredResult } from 'reprise-engine';
import { Alert } from '../../components/alert.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** Findings, warnings and missing measures: texts of the engine, which are English. */
export function Notes({ result: { findings, notMeasured, warnings } }: { result: MeasuredResult }) {
  const { t } = useLanguage();
  return (
    <>
      {findings.length > 0 && (
        <>
          <h4>{t('camtest.findings')}</h4>
          <ul>
            {findings.map(({ text, evidence, limit, certain }) => (
              <li key={text} lang="en">
                {text} {evidence}. <span className="small">{limit}.</span> {!certain && t('camtest.uncertain')}
              </li>
            ))}
          </ul>
          <p className="small">{t('camtest.findings.what')}</p>
        </>
      )}
      {warnings.map(({ code, text, remedy }) => (
        <Alert key={code + text} tone="careful">
          <span lang="en">
            {text} {remedy}
          </span>
        </Alert>
      ))}
      {notMeasured.length > 0 && (
        <details>
          <summary>{t('camtest.notMeasured')}</summary>
          <ul lang="en">
            {notMeasured.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
