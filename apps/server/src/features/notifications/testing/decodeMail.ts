const unfold = (head: string): string => head.replaceAll(/\r?\n[ \t]+/g, ' ');

function bytesOf(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body);
  const joined = body.replaceAll(/=\r?\n/g, '');
  return Buffer.from(
    joined.replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

const headerOf = (head: string, name: string): string =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(unfold(head))?.[1]?.trim() ?? '';

/** Words of a header as RFC 2047 writes them. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, word: string) =>
      bytesOf(
        kind.toUpperCase() === 'B' ? word : word.replaceAll('_', ' '),
        kind.toUpperCase() === 'B' ? 'base64' : 'quoted-printable',
      ).toString(),
    );
}

/** What a mail program shows of a message with a plain and an HTML part. */
export function decodeMail(raw: string) {
  const [head = ''] = raw.split(/\r?\n\r?\n/, 1);
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).slice(1, -1);
  const bodies = parts.map((part) => {
    const [partHead = ''] = part.trimStart().split(/\r?\n\r?\n/, 1);
    const body = part.trimStart().slice(partHead.length).trim();
    return bytesOf(body, headerOf(partHead, 'Content-Transfer-Encoding')).toString().replaceAll('\r\n', '\n');
  });
  return {
    headers: unfold(head),
    subject: decodeWords(headerOf(head, 'Subject')),
    messageId: headerOf(head, 'Message-ID'),
    to: headerOf(head, 'To'),
    text: bodies[0] ?? '',
    html: bodies[1] ?? '',
  };
}
