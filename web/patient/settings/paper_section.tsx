// SPDX-License-Identifier: Apache-2.0
import { Section } from '../../components/section.tsx';
import { useProgramme } from '../../hooks/use_programme.ts';
import { HandoutButton } from '../../paper/handout/handout_button.tsx';
import { Printable } from '../../paper/printable.tsx';
import { useLanguage } from '../../translations/language.tsx';

/** The exercises as a PDF to print. */
export function PaperSection() {
  const { t } = useLanguage();
  const { data } = useProgramme();
  const exercises = data?.programme?.exercises ?? [];
  if (exercises.length === 0) return null;
  return (
    <Section title={t('paper.section')}>
      <p className="note">{t(exercises.every(({ held }) => held) ? 'paper.allPaused' : 'paper.lead')}</p>
      <Printable>
        <div className="actions">
          <HandoutButton programme={data?.programme} flags={data?.questionnaires['red-flags']} />
        </div>
      </Printable>
    </Section>
  );
}
