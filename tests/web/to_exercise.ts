// SPDX-License-Identifier: Apache-2.0
// From Today to the introduction of one exercise, with nothing that speaks against it and little pain.

export async function to_exercise({ page, t, button, heading }, name: string) {
  await page.getByRole('button', { name: `${t('today.only')} ${name}` }).click();
  await button('flags.none').click();
  await button('goOn').click();
  await heading('pain.before');
  await page.locator('.scale label', { hasText: /^1$/ }).click();
  await button('goOn').click();
  await heading('introduce.steps');
}
