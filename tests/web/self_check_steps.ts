// SPDX-License-Identifier: Apache-2.0
import type { open_window } from './browser.mjs';
import { expect } from './journey.ts';

type Shown = Awaited<ReturnType<typeof open_window>>;

/** The steps of a self-assessment, as a person goes through them. */
export function steps_of({ page, t, button, heading }: Shown) {
  const no_to_all = async (title: string) => {
    await heading(title);
    await button('flags.none').click();
    await button('goOn').click();
  };
  const own = {
    no_to_all,
    async region(name: string, side?: string) {
      await heading('self.where');
      await page.getByRole('checkbox', { name, exact: true }).check();
      if (side) await page.getByRole('radio', { name: side, exact: true }).check();
      await button('goOn').click();
    },
    async pain(number: number) {
      await heading('pain.before');
      await page.locator('.scale label', { hasText: new RegExp(`^${number}$`) }).click();
      await button('goOn').click();
    },
    async questions() {
      await heading('self.questions');
      await page.getByRole('radio', { name: 'One to six weeks', exact: true }).check();
      await page.getByRole('radio', { name: 'It stays the same', exact: true }).check();
      await page.getByRole('checkbox', { name: 'Moving', exact: true }).check();
      await button('goOn').click();
    },
    /** One movement of the drawn figure; it shows its right side. */
    async film(side: string) {
      await expect(page.locator('.side-word')).toHaveText(`${t(`side.${side}`)}. `);
      await button('self.film.start').click();
      await button('self.film.start').waitFor({ state: 'detached', timeout: 600_000 });
    },
  };
  const answer = (question: string, choice: 'yes' | 'no') =>
    page
      .getByRole('group', { name: t(question) })
      .getByRole('radio', { name: t(choice), exact: true })
      .check();
  return {
    ...own,
    /** From the beginning to the movements for a sore right knee of a steady person with something to hold on to. */
    async to_movements_of_knee() {
      await button('self.start').click();
      await no_to_all('self.flags');
      await own.region('Knee', t('self.right'));
      await no_to_all('self.flags.more');
      await own.pain(2);
      await heading('self.questions');
      await answer('self.unsteady', 'no');
      await own.questions();
      await heading('self.tests');
      await answer('self.support', 'yes');
    },
  };
}
