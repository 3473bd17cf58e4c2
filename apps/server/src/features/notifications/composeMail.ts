import { createHash } from 'node:crypto';
import type { Alert } from '@isthmus/contracts';
import type { MailMessage } from './MailSender.ts';
import type { KnownAlert, MailPlan } from './planMail.ts';

export interface Letterhead {
  readonly from: string;
  readonly to: readonly string[];
  /** Whose alerts these are, for people who look after several. */
  readonly organization: string;
  /** Of the dashboard, without a slash at the end; undefined = not known. */
  readonly dashboard: string | undefined;
  /** IANA name; undefined = that of the machine. */
  readonly timeZone?: string;
}

/** One line with a name, or a heading when it has none. */
type Line = readonly [label: string, value: string];
interface Part {
  readonly heading: string;
  readonly lines: readonly Line[];
  /** Where more is to be seen. */
  readonly link: string | undefined;
}
interface Chapter {
  readonly title: string;
  readonly parts: readonly Part[];
}

const LONGEST_SUBJECT = 150;

const severities: Readonly<Record<Alert['severity'], string>> = {
  critical: 'Critical',
  warning: 'Warning',
  information: 'Information',
};

/** A header is one line, whatever names of people and domains are in it. */
function oneLine(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > LONGEST_SUBJECT ? `${line.slice(0, LONGEST_SUBJECT - 1)}…` : line;
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (sign) => names[sign] ?? sign);
}

function showInstant(instant: Date, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(instant);
}

function partOf(alert: KnownAlert, { dashboard, timeZone }: Letterhead): Part {
  const lines: (Line | undefined)[] = [
    ['What it means', alert.detail],
    ['What to do', alert.remedy ?? 'Nothing has to be done.'],
    alert.subject === null ? undefined : ['Concerns', alert.subject],
    ['Since', showInstant(alert.since, timeZone)],
  ];
  return {
    heading: `${severities[alert.severity]}: ${alert.title}`,
    lines: lines.filter((line) => line !== undefined),
    // Of an alert that is over there is no page any more.
    link: dashboard === undefined || alert.state !== 'active' ? undefined : `${dashboard}/alerts?open=${alert.id}`,
  };
}

function textOf(chapters: readonly Chapter[], foot: readonly string[]): string {
  const blocks = chapters.flatMap(({ title, parts }) => [
    title,
    ...parts.map(({ heading, lines, link }) =>
      [
        heading,
        ...lines.map(([label, value]) => `  ${label}: ${value}`),
        ...(link === undefined ? [] : [`  ${link}`]),
      ].join('\n'),
    ),
  ]);
  return `${[...blocks, ['-- ', ...foot].join('\n')].join('\n\n')}\n`;
}

function htmlPart({ heading, lines, link }: Part): string {
  const rows = lines.map(
    ([label, value]) =>
      `<tr><td style="padding:2px 16px 2px 0;vertical-align:top;white-space:nowrap">${escapeHtml(label)}</td>` +
      `<td style="padding:2px 0">${escapeHtml(value)}</td></tr>`,
  );
  const more = link === undefined ? '' : `<p><a href="${escapeHtml(link)}">Open in Isthmus</a></p>`;
  return `<h2 style="font-size:16px;margin:20px 0 6px">${escapeHtml(heading)}</h2><table>${rows.join('')}</table>${more}`;
}

function htmlOf(chapters: readonly Chapter[], foot: readonly string[]): string {
  const body = chapters.map(
    ({ title, parts }) =>
      `<h1 style="font-size:18px;margin:24px 0 0">${escapeHtml(title)}</h1>${parts.map(htmlPart).join('')}`,
  );
  const small = foot.map((line) => `<p style="font-size:12px;margin:4px 0">${escapeHtml(line)}</p>`).join('');
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Isthmus</title></head>' +
    `<body style="font-family:'Segoe UI',Arial,sans-serif;font-size:14px">${body.join('')}<hr>${small}</body></html>`
  );
}

function footOf({ organization, dashboard }: Letterhead): string[] {
  const settings = 'Settings > Notifications';
  return [
    `Isthmus at ${organization} wrote this by itself; nobody reads an answer.`,
    `Who gets these mails is set in ${settings}${dashboard === undefined ? '' : `: ${dashboard}/settings/notifications`}`,
  ];
}

function compose(letterhead: Letterhead, subject: string, chapters: readonly Chapter[], identity: string): MailMessage {
  const { from, to, organization } = letterhead;
  const foot = footOf(letterhead);
  return {
    messageId: `<${createHash('sha256').update(identity).digest('hex').slice(0, 32)}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    from,
    to,
    subject: oneLine(`[${organization}] ${subject}`),
    text: textOf(chapters, foot),
    html: htmlOf(chapters, foot),
  };
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The mail about alerts: what is new first, then what was told before and is still open. */
export function composeAlertMail({ fresh, older }: MailPlan, letterhead: Letterhead): MailMessage {
  const [first] = fresh;
  const more = fresh.length - 1;
  const chapters: Chapter[] = [
    { title: counted(fresh.length, 'new alert', 'new alerts'), parts: fresh.map((alert) => partOf(alert, letterhead)) },
    { title: `Still open: ${older.length}`, parts: older.map((alert) => partOf(alert, letterhead)) },
  ];
  const subject = first === undefined ? '' : `${severities[first.severity]}: ${first.title}`;
  return compose(
    letterhead,
    more > 0 ? `${subject} (and ${more} more)` : subject,
    chapters.filter(({ parts }) => parts.length > 0),
    // The same news is the same message: a server that died between sending and remembering sends it under the same name.
    fresh
      .map(({ id, severity }) => `${id} ${severity}`)
      .sort()
      .join('\n'),
  );
}

/** The message by which settings are tried. */
export function composeTestMail(letterhead: Letterhead, by: string, at: Date): MailMessage {
  const { dashboard, organization, timeZone } = letterhead;
  const part: Part = {
    heading: 'Alerts reach you at this address',
    lines: [
      ['What it means', `${by} tried the mail settings of Isthmus at ${organization}. They work.`],
      ['What to do', 'Nothing has to be done.'],
      ['Since', showInstant(at, timeZone)],
    ],
    link: dashboard,
  };
  const identity = `test ${organization} ${at.toISOString()}`;
  return compose(letterhead, 'Test message', [{ title: 'Test message', parts: [part] }], identity);
}
