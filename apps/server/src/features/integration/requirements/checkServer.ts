import type { Check } from '@isthmus/contracts';
import { findController } from '../../../mirrors/findController.ts';
import type { ServerCertificateFacts } from '../IntegrationParts.ts';
import { check, type Finding } from './check.ts';
import { findPasswordCapture, NOT_ON_WINDOWS } from './passwordCapture.ts';
import type { RequirementParts } from './RequirementParts.ts';

const DAY_MS = 86_400_000;
const RENEW_BEFORE_DAYS = 14;

function captureFinding(capture: Awaited<ReturnType<typeof findPasswordCapture>>, isWindows: boolean): Finding {
  if (capture === undefined || capture.state === 'not-configured') {
    if (isWindows) return { state: 'not-applicable', detail: NOT_ON_WINDOWS };
    return {
      state: 'warning',
      detail: 'No password agent has reported yet.',
      remedy:
        'Install the agent on a domain controller. Without it, only passwords set in this dashboard become the same online.',
    };
  }
  if (capture.state === 'ready') {
    return { state: 'passed', detail: 'The agent on the domain controller captures them.' };
  }
  return {
    state: capture.state === 'broken' ? 'failed' : 'warning',
    detail: capture.detail,
    remedy: 'Look at the log of the agent on the domain controller.',
  };
}

function certificateFinding(certificate: ServerCertificateFacts | undefined, now: Date): Finding {
  if (certificate === undefined) return { state: 'unknown', detail: 'The server does not serve TLS in this process.' };
  const days = Math.floor((certificate.expiresAt.getTime() - now.getTime()) / DAY_MS);
  const until = certificate.expiresAt.toISOString().slice(0, 10);
  if (days < 0) {
    return { state: 'failed', detail: `It ended on ${until}.`, remedy: 'Give the server a new certificate.' };
  }
  if (certificate.ownAuthority) {
    return { state: 'passed', detail: `Made by this server's own authority, valid until ${until}; renewed by itself.` };
  }
  return days < RENEW_BEFORE_DAYS
    ? { state: 'warning', detail: `It ends on ${until}, in ${days} days.`, remedy: 'Renew it.' }
    : { state: 'passed', detail: `Valid until ${until}.` };
}

/** What concerns this server itself. */
export async function checkServer(parts: RequirementParts): Promise<Check[]> {
  const [capture, certificate, inUse] = await Promise.all([
    findPasswordCapture(parts.settings, parts.clock.now()),
    parts.findServerCertificate(),
    findController(parts.settings),
  ]);
  return [
    check('password-capture', 'Password changes are captured', captureFinding(capture, inUse?.vendor === 'windows')),
    check('updates', 'The domain controllers are up to date', {
      state: 'not-applicable',
      detail: 'LDAP does not tell when updates were installed, so this cannot be checked from here.',
    }),
    check(
      'server-certificate',
      'The certificate of this server is valid',
      certificateFinding(certificate, parts.clock.now()),
    ),
  ];
}
