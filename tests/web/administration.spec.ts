// SPDX-License-Identifier: Apache-2.0
// What administrators look after, through the pages of a real server: the audit log and its verification, a patient who
// moves to another clinic while a chart is open, consents, a copy of the record, settings, and a patient's erasure on
// request.

import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician, sign_in_with, writer } from './chart_patient.mjs';
import { all_is_sent } from './demo.mjs';
import { command, expect, pictures, test, until } from './journey.ts';
import { look } from './look.ts';

const NAME = 'Robin Simulated';
const asked = (window, method, path, body = undefined) =>
  window.page.evaluate(
    async ([method, path, body]) => {
      const { csrf } = await (await fetch('/auth/session')).json();
      const answer = await fetch(path, {
        method,
        headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, json: await answer.json().catch(() => undefined) };
    },
    [method, path, body],
  );

test('an administrator looks after the clinic', async ({ open_demo, scratch }) => {
  const demo = await open_demo({
    patients: pictures ? 20 : 0,
    // No server listens there, so that the log cannot be forwarded.
    options: [
      '--backup-folder',
      scratch,
      '--database-connection',
      'sqlite',
      '--audit-forward-to',
      'http://127.0.0.1:1/log',
    ],
  });
  const { origin, server } = demo;
  const { patient } = await demo_patient(demo);
  const { send } = writer(demo, command);
  const robin = demo.window;

  await send('PUT', '/Organization/north', { resourceType: 'Organization', id: 'north', name: 'Northern practice' });
  await send('PUT', '/Practitioner/nadia', {
    resourceType: 'Practitioner',
    id: 'nadia',
    active: true,
    name: [{ text: 'Nadia North' }],
  });

  const admin = await open_window(demo.browser, origin, { width: 1280 });
  const kim = await open_window(demo.browser, origin, { width: 1280 });
  const nadia = await open_window(demo.browser, origin, { width: 1280 });
  const { page, t, button, field, shows } = admin;
  const seen = (name) => look(admin, name, { narrow: 820 });
  /** For the documents: what a desk's screen shows. */
  async function for_document(name) {
    if (!pictures) return;
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.screenshot({ path: join(pictures, `document ${name}.png`) });
  }
  // Of the same parts as others that are looked at.
  const pictured = async (name) => {
    if (pictures) await seen(name);
  };
  const dialog = () => page.getByRole('dialog');
  const tab = async (name) => {
    await page
      .getByRole('navigation', { name: t('adm.tabs') })
      .getByRole('link', { name: t(`adm.tab.${name}`), exact: true })
      .click();
  };

  /** The log gets the entries of reads with the next transaction, within a second. */
  const the_log_has_nadias_look = () =>
    until(
      async () => (await demo.search(`AuditEvent?patient=${patient}&agent=Practitioner/nadia&outcome=0`)).length > 0,
      'the log has an entry of the new clinician',
    );

  await test.step('everybody signs in', async () => {
    await robin.page.bringToFront();
    await demo.sign_in();
    await robin.page.goto(`${origin}/settings`);
    await robin.button('erase.button').click();
    await robin.button('erase.send').click();
    await robin.page.getByRole('dialog').waitFor({ state: 'detached' });
    await all_is_sent(robin.page);
    await sign_in_clinician(demo, kim);
    await sign_in_with(origin, admin, /No administrator has[^\n]*\n\s+\S+#(\S+)/.exec(server.said())[1]);
    await page.goto(`${origin}/`);
    await page.goto(`${origin}/administration`);
  });

  await test.step('what needs an administrator', async () => {
    await shows('adm.over.erasure', { count: 1 });
    await shows('adm.over.backup.never');
    await shows('adm.over.mail.none');
    await page.getByText(/^The audit log has not reached the other system since .+\. Its entries wait here/).waitFor();
    await for_document('overview');
    await seen('overview');
  });

  await test.step('the log is verified and searched', async () => {
    await tab('log');
    await button('adm.verify.action').click();
    await page.getByText(/The log is intact: [\d,]+ entries/).waitFor();
    await page.getByText(/The last signed head is at entry \d+/).waitFor();
    const rows = page.locator('.entries tbody tr');
    await rows.first().waitFor();
    await field('adm.log.what').selectOption('changed');
    await rows
      .filter({ hasText: t('adm.act.create') })
      .first()
      .waitFor();
    // The earlier rows go.
    await rows
      .filter({ hasText: t('adm.act.search') })
      .first()
      .waitFor({ state: 'detached' });
    await field('adm.log.what').selectOption('emergencyAccess');
    await shows('adm.log.none');
    await field('adm.log.what').selectOption('all');
    await field('adm.log.search').fill('rob');
    await page
      .getByRole('button', { name: t('adm.of', { what: t('adm.log.choose'), name: NAME }), exact: true })
      .click();
    await page.getByRole('heading', { name: t('adm.looked', { name: NAME }) }).waitFor();
    await rows.filter({ hasText: NAME }).first().waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), button('adm.log.csv').click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines[0]).toBe(
      '"number","time","who","account","act","type","patients","outcome","emergency access","reason","address"',
    );
    expect(
      lines.length > 2 && lines.slice(1).every((line) => line.includes(patient)),
      'only about the one who was chosen',
    ).toBeTruthy();
    await for_document('log');
    await seen('audit log');
  });

  await test.step('a patient moves while a chart is open', async () => {
    await kim.page.goto(`${origin}/patient?id=${patient}`);
    await kim.heading('chart.timeline');
    await asked(admin, 'POST', '/auth/accounts', { name: 'nadia', role: 'clinician', person: 'nadia' });
    const {
      accounts: [{ id }],
    } = (await asked(admin, 'GET', '/auth/accounts?search=nadia')).json;
    const { link } = (await asked(admin, 'POST', `/auth/accounts/${id}/invitation`, {})).json;
    await sign_in_with(origin, nadia, link.split('#')[1]);
    await nadia.page.goto(`${origin}/account`);
    expect((await asked(nadia, 'GET', `/fhir/Patient/${patient}`)).status).toBe(404);

    await tab('patients');
    await field('adm.patients.search').fill('robin');
    await page.getByRole('button', { name: t('adm.of', { what: t('adm.move'), name: NAME }), exact: true }).click();
    await dialog().getByLabel(t('adm.move.clinic')).selectOption('north');
    await dialog().getByRole('checkbox', { name: /^Kim/ }).uncheck();
    await dialog()
      .getByRole('button', { name: t('adm.move.action') })
      .click();
    await dialog().getByText(t('adm.move.noOne')).waitFor();
    await dialog().getByRole('checkbox', { name: 'Nadia North' }).check();
    await dialog()
      .getByText(t('adm.move.coming', { names: 'Nadia North', name: NAME }))
      .waitFor();
    await for_document('moving');
    await seen('moving a patient');
    await dialog()
      .getByRole('button', { name: t('adm.move.action') })
      .click();
    await shows('adm.move.done', { name: NAME });
    await page.locator('.row', { hasText: NAME }).getByText('Northern practice').waitFor();
    await pictured('patients');

    expect((await asked(kim, 'GET', `/fhir/Patient/${patient}`)).status, 'at once').toBe(404);
    await kim.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await kim.shows('chart.gone');
    expect((await asked(nadia, 'GET', `/fhir/Patient/${patient}`)).status).toBe(200);
    const teams = await demo.search(`CareTeam?subject=Patient/${patient}`);
    expect(
      teams
        .map(({ status, participant }) => [
          status,
          participant.map(({ member }) => member.reference).includes('Practitioner/nadia'),
        ])
        .sort(),
    ).toStrictEqual([
      ['active', true],
      ['inactive', false],
    ]);
    expect(teams.find(({ status }) => status === 'inactive').period.end, 'the record keeps until when').toBeTruthy();
    expect(teams.find(({ status }) => status === 'active').meta.tag[0].code).toBe('simulated');
    expect((await demo.read(`Patient/${patient}`)).managingOrganization.reference).toBe('Organization/north');
  });

  await test.step('patients see who looked', async () => {
    await the_log_has_nadias_look();
    await robin.page.goto(`${origin}/settings`);
    await robin.button('looked.show').click();
    await robin.page.locator('.row', { hasText: 'Kim Simulated' }).waitFor();
    await robin.page.locator('.row', { hasText: 'Nadia North' }).waitFor();
    await look(robin, 'who looked at my record');
  });

  await test.step('consents are listed', async () => {
    await tab('consents');
    const rows = page.locator('.entries tbody tr', { hasText: NAME });
    await rows
      .filter({ hasText: t('adm.consent.app-use') })
      .getByText(t('adm.consent.state.agreed'), { exact: true })
      .waitFor();
    await field('adm.consent.state').selectOption('withdrawn');
    await shows('adm.consent.none');
    await field('adm.consent.state').selectOption('all');
    await pictured('consents');
  });

  await test.step('the record is copied', async () => {
    await tab('backups');
    await button('adm.backup.action').click();
    await page.getByText(/^The copy is complete: /).waitFor();
    const file = await page.locator('code', { hasText: scratch }).first().textContent();
    expect(statSync(file).size).toBeGreaterThan(100_000);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await pictured('backups');
  });

  await test.step('settings and the clinic', async () => {
    await tab('settings');
    await page.locator('.row', { hasText: 'backup.folder' }).getByText('--backup-folder').waitFor();
    await page.locator('.row', { hasText: 'database.connection' }).getByText(t('adm.settings.hidden')).waitFor();
    await field('adm.clinic.which').selectOption({ label: 'Northern practice' });
    const phone = page.getByLabel(t('field.optional', { label: t('adm.clinic.phone') }));
    await phone.fill('call us');
    await button('save').click();
    await shows('adm.clinic.number');
    await phone.fill('+00 111 1111');
    await page.getByLabel(t('field.optional', { label: t('adm.clinic.emergency') })).fill('000');
    await button('save').click();
    await shows('adm.clinic.saved');
    const clinic = await demo.read('Organization/north');
    expect([clinic.telecom, clinic.extension]).toStrictEqual([
      [{ system: 'phone', value: '+00 111 1111' }],
      [{ url: 'urn:reprise:emergency-number', valueString: '000' }],
    ]);
    await seen('settings');
  });

  await test.step('a patient is erased', async () => {
    await tab('erasure');
    await page
      .getByRole('button', { name: t('adm.of', { what: t('adm.erasure.look'), name: NAME }), exact: true })
      .click();
    await dialog()
      .getByText(new RegExp(`^${t('adm.type.Patient')}: 1$`))
      .waitFor();
    const name = dialog().getByLabel(t('adm.erase.name'));
    await name.fill('Kim Simulated');
    await dialog()
      .getByRole('button', { name: t('adm.erase.action') })
      .click();
    await dialog().getByText(t('adm.erase.name.other')).waitFor();
    await for_document('erasing');
    await seen('erasing');
    expect(await demo.search(`Patient?_id=${patient}`)).toHaveLength(1);
    await name.fill('robin  simulated');
    await dialog()
      .getByRole('button', { name: t('adm.erase.action') })
      .click();
    await page.getByText(/^Erased: \d+ resources/).waitFor();
    await shows('adm.erasure.none');
    expect(await demo.search(`Patient?_id=${patient}`)).toHaveLength(0);
    expect(await demo.search(`CareTeam?subject=Patient/${patient}`)).toHaveLength(0);
    await robin.page.reload();
    await robin.field('account.name').waitFor();
    const [entry] = await demo.search('AuditEvent?action=D&_count=1');
    expect(entry.purposeOfEvent[0].text).toBe(t('adm.erase.reason.asked'));
    await tab('overview');
    await shows('adm.over.erasure.none');
    await tab('log');
    await button('adm.verify.action').click();
    await page.getByText(/The log is intact/).waitFor();
  });

  await test.step('people are found by role and state', async () => {
    await page.goto(`${origin}/people?state=not-invited`);
    await shows('people.noOne');
    await field('people.state').selectOption('');
    await field('people.role').selectOption('clinician');
    await page.locator('.person', { hasText: 'nadia' }).click();
    await dialog().getByText(t('people.teams')).waitFor();
  });

  expect([robin, admin, kim, nadia].flatMap(({ problems }) => problems)).toStrictEqual([]);
});
