// SPDX-License-Identifier: Apache-2.0
// A clinician has a camera watch a treatment: a clip, then the camera itself. Each movement is a proposal; those that
// are accepted are in the record. One figure is drawn, who moves by themselves, and all of it says that it is
// simulated; visits of two rendered people: tests/revalidation/visit.mjs.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { open_assess } from './chart_patient.mjs';
import { command, expect, test } from './journey.ts';
import { look } from './look.ts';

const bends = ['standing_knee_flexion', '--side', 'left', '--tempo', '1.5', '--repetitions', '2'];

test('during a visit: watched, reviewed, accepted, in the record', async ({ camera, scratch, open_demo }) => {
  const demo = await open_demo({ camera: await camera({ drawn: bends, name: 'bends' }) });
  const { clinic, values, sent } = await open_assess(demo, 'visit');
  const { page, t, button, shows } = clinic;
  const review = page.getByRole('group', { name: t('watch.review') });
  const proposals = review.locator('.proposal');
  const choose_file = (file: Parameters<ReturnType<typeof page.locator>['setInputFiles']>[0]) =>
    page.locator('input[type=file]').setInputFiles(file);

  await test.step('a video: nothing is in the record before it is accepted', async () => {
    await look(clinic, 'during a visit', { narrow: 820 });
    // Just more than the ten pictures a second that a movement needs: each takes two passes of the largest network.
    const drawn = ['generate', ...bends, '--frame-rate', '12', '--clip', '--out', scratch];
    execFileSync(command, drawn, { stdio: 'ignore' });
    await choose_file(join(scratch, 'clip.mp4'));
    await expect(proposals).toHaveCount(1, { timeout: 600_000 });
    await expect(proposals.first()).toContainText(t('side.left'));
    await expect(page.locator('video')).toHaveCount(0);
    expect(sent).toEqual([]);
    await expect(button('watch.accept', { count: 0 })).toBeDisabled();
    await proposals.getByRole('checkbox').check();
    // No one else was in the picture.
    await expect(proposals.getByRole('radio', { name: t('rom.isActive'), exact: true })).toBeChecked();
    await look(clinic, 'during a visit review', { narrow: 820 });
    await button('watch.accept', { count: 1 }).click();
    await shows('watch.accepted', { count: 1 });
    const [range] = await values('joint_range');
    expect(range.meta.tag.some(({ code }: { code: string }) => code === 'simulated')).toBe(true);
    expect(range.performer[0].reference).toMatch(/^Practitioner\//);
    expect(range.method.coding[0].system).toBe('urn:reprise:method');
    expect(range.component.some(({ valueString }: { valueString: string }) => valueString === 'knee_flexion')).toBe(
      true,
    );
    // The figure bends by 95 degrees.
    expect(Math.abs(range.valueQuantity.value - 95)).toBeLessThan(15);
  });

  await test.step('the camera: only lines while it watches; paused, ended, left', async () => {
    await button('watch.open').click();
    await button('watch.begin').click({ timeout: 600_000 });
    await shows('watch.on');
    await expect(page.locator('.picture video')).toBeHidden();
    await look(clinic, 'during a visit watched', { narrow: 820 });
    await button('watch.pause').click();
    await shows('watch.paused');
    await button('watch.resume').click();
    await shows('watch.on');
    await button('watch.end').click();
    // How many movements were seen depends on the pace of this machine.
    await expect(review).toBeVisible({ timeout: 600_000 });
    await expect(page.locator('video')).toHaveCount(0);
    await button('watch.discard').click();
    await button('watch.open').waitFor();
    expect(await values('joint_range')).toHaveLength(1);
  });

  await test.step('a file that is no video says so', async () => {
    await choose_file({ name: 'a.mp4', mimeType: 'video/mp4', buffer: Buffer.from('no') });
    await shows('rom.noVideo');
    await button('rom.back').click();
    await button('watch.open').waitFor();
  });
});
