// What administrators look after, through the pages of a real server: the audit log and its verification, a patient who
// moves to another clinic while a chart is open, consents, a copy of the record, settings, and a patient's erasure on
// request.
//
//   node tests/web/administration.mjs REPRISE_COMMAND [--pictures FOLDER]

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { look, looked_at, open_window } from './browser.mjs';
import { demo_patient, sign_in_clinician, sign_in_with, writer } from './chart_patient.mjs';
import { all_is_sent, open_demo } from './demo.mjs';

const [command] = process.argv.slice(2);
const pictures = process.argv[3] === '--pictures' ? process.argv[4] : undefined;
if (pictures) mkdirSync(pictures, { recursive: true });

const copies = mkdtempSync(join(tmpdir(), 'reprise_copies_'));
process.on('exit', () => rmSync(copies, { recursive: true, force: true }));

const demo = await open_demo(command, {
  patients: pictures ? 20 : 0,
  // No server listens there, so that the log cannot be forwarded.
  options: [
    '--backup-folder',
    copies,
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
const NAME = 'Robin Simulated';

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
const seen = (name) => look(admin, name, pictures, { narrow: 820 });
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
const asked = (window, method, path, body) =>
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

async function everybody_signs_in() {
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
}

async function what_needs_an_administrator() {
  await shows('adm.over.erasure', { count: 1 });
  await shows('adm.over.backup.never');
  await shows('adm.over.mail.none');
  await page.getByText(/^The audit log has not reached the other system since .+\. Its entries wait here/).waitFor();
  await for_document('overview');
  await seen('overview');
}

async function the_log_is_verified_and_searched() {
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
  await page.getByRole('button', { name: t('adm.of', { what: t('adm.log.choose'), name: NAME }), exact: true }).click();
  await page.getByRole('heading', { name: t('adm.looked', { name: NAME }) }).waitFor();
  await rows.filter({ hasText: NAME }).first().waitFor();
  const [download] = await Promise.all([page.waitForEvent('download'), button('adm.log.csv').click()]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n');
  assert.equal(
    lines[0],
    '"number","time","who","account","act","type","patients","outcome","emergency access","reason","address"',
  );
  assert.ok(
    lines.length > 2 && lines.slice(1).every((line) => line.includes(patient)),
    'only about the one who was chosen',
  );
  await for_document('log');
  await seen('audit log');
}

async function a_patient_moves_while_a_chart_is_open() {
  await kim.page.goto(`${origin}/patient?id=${patient}`);
  await kim.heading('chart.timeline');
  await asked(admin, 'POST', '/auth/accounts', { name: 'nadia', role: 'clinician', person: 'nadia' });
  const {
    accounts: [{ id }],
  } = (await asked(admin, 'GET', '/auth/accounts?search=nadia')).json;
  const { link } = (await asked(admin, 'POST', `/auth/accounts/${id}/invitation`, {})).json;
  await sign_in_with(origin, nadia, link.split('#')[1]);
  await nadia.page.goto(`${origin}/account`);
  assert.equal((await asked(nadia, 'GET', `/fhir/Patient/${patient}`)).status, 404);

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

  assert.equal((await asked(kim, 'GET', `/fhir/Patient/${patient}`)).status, 404, 'at once');
  await kim.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await kim.shows('chart.gone');
  assert.equal((await asked(nadia, 'GET', `/fhir/Patient/${patient}`)).status, 200);
  const teams = await demo.search(`CareTeam?subject=Patient/${patient}`);
  assert.deepEqual(
    teams
      .map(({ status, participant }) => [
        status,
        participant.map(({ member }) => member.reference).includes('Practitioner/nadia'),
      ])
      .sort(),
    [
      ['active', true],
      ['inactive', false],
    ],
  );
  assert.ok(teams.find(({ status }) => status === 'inactive').period.end, 'the record keeps until when');
  assert.equal(teams.find(({ status }) => status === 'active').meta.tag[0].code, 'simulated');
  assert.equal((await demo.read(`Patient/${patient}`)).managingOrganization.reference, 'Organization/north');
}

/** The log gets the entries of reads with the next transaction, within a second. */
async function the_log_has_nadias_look() {
  for (let i = 0; i < 100; ++i) {
    const looks = await demo.search(`AuditEvent?patient=${patient}&agent=Practitioner/nadia&outcome=0`);
    if (looks.length > 0) return;
    await page.waitForTimeout(100);
  }
  assert.fail('the log has no entry of the new clinician');
}

async function patients_see_who_looked() {
  await the_log_has_nadias_look();
  await robin.page.goto(`${origin}/settings`);
  await robin.button('looked.show').click();
  await robin.page.locator('.row', { hasText: 'Kim Simulated' }).waitFor();
  await robin.page.locator('.row', { hasText: 'Nadia North' }).waitFor();
  await look(robin, 'who looked at my record', pictures);
}

async function consents_are_listed() {
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
}

async function the_record_is_copied() {
  await tab('backups');
  await button('adm.backup.action').click();
  await page.getByText(/^The copy is complete: /).waitFor();
  const file = await page.locator('code', { hasText: copies }).first().textContent();
  assert.ok(statSync(file).size > 100_000);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  await pictured('backups');
}

async function settings_and_the_clinic() {
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
  assert.deepEqual(
    [clinic.telecom, clinic.extension],
    [[{ system: 'phone', value: '+00 111 1111' }], [{ url: 'urn:reprise:emergency-number', valueString: '000' }]],
  );
  await seen('settings');
}

async function somebody_is_erased() {
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
  assert.equal((await demo.search(`Patient?_id=${patient}`)).length, 1);
  await name.fill('robin  simulated');
  await dialog()
    .getByRole('button', { name: t('adm.erase.action') })
    .click();
  await page.getByText(/^Erased: \d+ resources/).waitFor();
  await shows('adm.erasure.none');
  assert.equal((await demo.search(`Patient?_id=${patient}`)).length, 0);
  assert.equal((await demo.search(`CareTeam?subject=Patient/${patient}`)).length, 0);
  await robin.page.reload();
  await robin.field('account.name').waitFor();
  const [entry] = await demo.search('AuditEvent?action=D&_count=1');
  assert.equal(entry.purposeOfEvent[0].text, t('adm.erase.reason.asked'));
  await tab('overview');
  await shows('adm.over.erasure.none');
  await tab('log');
  await button('adm.verify.action').click();
  await page.getByText(/The log is intact/).waitFor();
}

async function people_are_found_by_role_and_state() {
  await page.goto(`${origin}/people?state=not-invited`);
  await shows('people.noOne');
  await field('people.state').selectOption('');
  await field('people.role').selectOption('clinician');
  await page.locator('.person', { hasText: 'nadia' }).click();
  await dialog().getByText(t('people.teams')).waitFor();
}

try {
  await everybody_signs_in();
  await what_needs_an_administrator();
  await the_log_is_verified_and_searched();
  await a_patient_moves_while_a_chart_is_open();
  await patients_see_who_looked();
  await consents_are_listed();
  await the_record_is_copied();
  await settings_and_the_clinic();
  await somebody_is_erased();
  await people_are_found_by_role_and_state();
  assert.deepEqual(
    [robin, admin, kim, nadia].flatMap(({ problems }) => problems),
    [],
  );
} catch (error) {
  for (const [name, window] of Object.entries({ robin, admin, kim, nadia })) {
    if (window.problems.length > 0) console.error(name, window.problems);
    if (pictures) await window.page.screenshot({ path: join(pictures, `failed ${name}.png`) });
  }
  throw error;
} finally {
  await demo.close();
}
console.log(`administration: verified, moved, copied, erased; ${looked_at.length} pages in 12 ways without a finding`);
