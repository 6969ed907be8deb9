// SPDX-License-Identifier: Apache-2.0
// A mail server that keeps what it gets, and the server's options to send there.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Lines of a quoted-printable or plain body, joined and decoded. */
function decoded(mail: string): string {
  const [head, ...body] = mail.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  if (!/quoted-printable/i.test(head)) return text;
  const bytes = text
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

export async function open_mailbox() {
  const mails: string[] = [];
  const catcher = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part) => parts.push(part));
      stream.on('end', () => {
        mails.push(decoded(Buffer.concat(parts).toString()));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    catcher.listen(0, '127.0.0.1', resolve);
  });
  const { port } = catcher.server.address() as AddressInfo;
  return {
    /** The texts of the mails, the first one first. */
    mails,
    options: [
      ...['--mail-server', '127.0.0.1', '--mail-security', 'none', '--mail-port', String(port)],
      ...['--mail-from', 'clinic@example.org', '--listen-public-url', 'https://clinic.example.org'],
    ],
    close: () =>
      new Promise<void>((resolve) => {
        catcher.close(() => resolve());
      }),
  };
}
